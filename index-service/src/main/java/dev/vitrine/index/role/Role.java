package dev.vitrine.index.role;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What a process of index-service does; {@code index.roles}, both by default. */
public enum Role {
    /** Owns catalogues and products in PostgreSQL and publishes every change. */
    WRITER,
    /** Holds the searchable state and executes search plans; needs no database. */
    SHARD;

    static final String PROPERTY = "index.roles";

    /** The roles that the environment asks for. */
    public static Set<Role> of(Environment environment) {
        List<Role> roles =
                Binder.get(environment)
                        .bind(PROPERTY, Bindable.listOf(Role.class))
                        .orElseGet(() -> List.of(values()));
        return roles.isEmpty() ? EnumSet.allOf(Role.class) : EnumSet.copyOf(roles);
    }
}
