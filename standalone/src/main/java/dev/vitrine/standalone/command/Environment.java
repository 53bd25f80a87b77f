package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher's process was given from outside.
 *
 * @param variables the environment variables
 * @param home the checkout
 */
record Environment(Map<String, String> variables, Path home) {

    static Environment current() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("vitrine.home", "")).toAbsolutePath().normalize());
    }

    /** The machine's clock. */
    static Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * The folder of the option, else of {@code VITRINE_DATA}, else {@code .vitrine} in the
     * checkout.
     */
    DataDirectory data(@Nullable Path option) {
        if (option != null) {
            return new DataDirectory(option);
        }
        String variable = variables.getOrDefault("VITRINE_DATA", "");
        return new DataDirectory(variable.isBlank() ? home.resolve(".vitrine") : Path.of(variable));
    }
}
