package dev.vitrine.servicekit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out the auto-configurations that {@code vitrine.autoconfigure.without} names by prefix.
 * Five services share one class path when they run in one process; without this each would set up
 * the others' databases and routes.
 */
public final class ServiceAutoConfigurationFilter
        implements AutoConfigurationImportFilter, EnvironmentAware {

    private List<String> without = List.of();

    @Override
    public void setEnvironment(Environment environment) {
        without =
                Binder.get(environment)
                        .bind("vitrine.autoconfigure.without", Bindable.listOf(String.class))
                        .orElse(List.of());
    }

    @Override
    public boolean[] match(
            @Nullable String[] classNames, AutoConfigurationMetadata autoConfigurationMetadata) {
        boolean[] keep = new boolean[classNames.length];
        for (int i = 0; i < classNames.length; i++) {
            String name = classNames[i];
            keep[i] = name == null || without.stream().noneMatch(name::startsWith);
        }
        return keep;
    }
}
