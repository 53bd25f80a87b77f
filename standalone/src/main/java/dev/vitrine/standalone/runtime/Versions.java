package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;

/** The versions that {@code status} and {@code --version} name. */
public final class Versions {
    private static final String RESOURCE = "version.properties";

    private Versions() {}

    /** This build's version. */
    public static String vitrine() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return "unknown";
            }
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "unknown");
    }

    static String kafka() {
        return AppInfoParser.getVersion();
    }
}
