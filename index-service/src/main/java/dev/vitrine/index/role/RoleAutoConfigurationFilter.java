package dev.vitrine.index.role;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves the database out of a process without the writer role: more shards must not mean more
 * database connections.
 */
public final class RoleAutoConfigurationFilter
        implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final List<String> DATABASE =
            List.of(
                    "org.springframework.boot.jdbc.",
                    "org.springframework.boot.flyway.",
                    "org.springframework.boot.sql.",
                    "org.springframework.boot.transaction.");

    private Set<Role> roles = Set.of(Role.values());

    @Override
    public void setEnvironment(Environment environment) {
        roles = Role.of(environment);
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        boolean[] keep = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            keep[i] = name == null || keeps(name);
        }
        return keep;
    }

    boolean keeps(String name) {
        return roles.contains(Role.WRITER) || DATABASE.stream().noneMatch(name::startsWith);
    }
}
