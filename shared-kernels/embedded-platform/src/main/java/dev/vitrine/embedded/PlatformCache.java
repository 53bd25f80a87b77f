package dev.vitrine.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of this user that keeps unpacked binaries and downloads between runs; losing it costs
 * seconds, never data.
 */
public record PlatformCache(Path directory) {

    /** Name of the environment variable that moves the cache. */
    public static final String VARIABLE = "VITRINE_CACHE";

    public PlatformCache {
        directory = directory.toAbsolutePath().normalize();
    }

    /**
     * {@code VITRINE_CACHE}, else {@code $XDG_CACHE_HOME/vitrine}, else {@code ~/.cache/vitrine}.
     */
    public static PlatformCache fromEnvironment() {
        return from(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static PlatformCache from(Map<String, String> environment, Path home) {
        String own = environment.getOrDefault(VARIABLE, "");
        if (!own.isBlank()) {
            return new PlatformCache(Path.of(own));
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent = shared.isBlank() ? home.resolve(".cache") : Path.of(shared);
        return new PlatformCache(parent.resolve("vitrine"));
    }
}
