package dev.vitrine.index.role;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

class RoleTest {

    private static final String DATABASE =
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    @Test
    void roles_namedOrNot() {
        assertThat(Role.of(new MockEnvironment())).containsExactly(Role.WRITER, Role.SHARD);
        assertThat(Role.of(roles("shard"))).containsExactly(Role.SHARD);
        assertThat(Role.of(roles("writer, shard"))).containsExactly(Role.WRITER, Role.SHARD);
    }

    @Test
    void shardAlone_hasNoDatabase() {
        assertThat(keepsDatabase("shard")).isFalse();
        assertThat(keepsDatabase("writer")).isTrue();
        assertThat(keepsDatabase("writer,shard")).isTrue();
    }

    @Test
    void filter_isRegistered() {
        assertThat(
                        SpringFactoriesLoader.forDefaultResourceLocation()
                                .load(AutoConfigurationImportFilter.class))
                .hasAtLeastOneElementOfType(RoleAutoConfigurationFilter.class);
    }

    private static boolean keepsDatabase(String roles) {
        RoleAutoConfigurationFilter filter = new RoleAutoConfigurationFilter();
        filter.setEnvironment(roles(roles));
        return filter.keeps(DATABASE);
    }

    private static MockEnvironment roles(String roles) {
        return new MockEnvironment().withProperty("index.roles", roles);
    }
}
