package dev.vitrine.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an {@link EmbeddedKafka} is to run.
 *
 * @param directory data directory of this broker
 * @param port loopback port for clients, or 0 for a free one
 * @param startTimeout how long the broker may take to answer; recovery after a crash counts
 */
public record EmbeddedKafkaSettings(Path directory, int port, Duration startTimeout) {

    public EmbeddedKafkaSettings {
        directory = directory.toAbsolutePath().normalize();
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (startTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("startTimeout must be one second or more");
        }
    }

    /** A broker on a free port. */
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, 0, Duration.ofSeconds(60));
    }

    /** The same on another port; 0 for a free one. */
    public EmbeddedKafkaSettings withPort(int port) {
        return new EmbeddedKafkaSettings(directory, port, startTimeout);
    }
}
