package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.embedded.EmbeddedPostgresqlSettings.Durability;
import dev.vitrine.embedded.PlatformException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformSettingsTest {

    private static final Path HOME = Path.of("/home/somebody");

    @Test
    void cache_isFoundInTheOrderOwnSharedHome() {
        assertThat(PlatformCache.from(Map.of("VITRINE_CACHE", "/a", "XDG_CACHE_HOME", "/b"), HOME))
                .isEqualTo(new PlatformCache(Path.of("/a")));
        assertThat(PlatformCache.from(Map.of("XDG_CACHE_HOME", "/b"), HOME))
                .isEqualTo(new PlatformCache(Path.of("/b/vitrine")));
        assertThat(PlatformCache.from(Map.of("VITRINE_CACHE", " "), HOME))
                .isEqualTo(new PlatformCache(Path.of("/home/somebody/.cache/vitrine")));
    }

    @Test
    void postgresql_defaults() {
        EmbeddedPostgresqlSettings settings = EmbeddedPostgresqlSettings.in(Path.of("/data"));
        assertThat(settings.port()).isZero();
        assertThat(settings.database()).isEqualTo("vitrine");
        assertThat(settings.durability()).isEqualTo(Durability.DURABLE);
        assertThat(settings.sharedBuffersMib()).isEqualTo(64);
        assertThat(settings.maxConnections()).isEqualTo(60);
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.stopTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void kafka_defaults() {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(Path.of("/data"));
        assertThat(settings.port()).isZero();
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void ports_outOfRange_areRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKafkaSettings.in(HOME).withPort(port))
                .withMessage("a port is 0 to 65535, not " + port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedPostgresqlSettings.in(HOME).withPort(port));
    }

    @ParameterizedTest
    @CsvSource({"Linux, aarch64", "Mac OS X, aarch64", "Windows 11, amd64"})
    void binaries_ofOtherSystems_areRefusedWithAWayOut(String system, String architecture) {
        PlatformException failure =
                catchThrowableOfType(
                        PlatformException.class,
                        () -> PostgresqlBinaries.requireSupported(system, architecture));
        assertThat(failure.code()).isEqualTo(Code.PLATFORM_UNSUPPORTED);
        assertThat(failure).hasMessageContaining("VITRINE_JDBC_URL");
    }
}
