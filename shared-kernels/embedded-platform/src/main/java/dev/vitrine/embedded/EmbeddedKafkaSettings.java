package dev.vitrine.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an {@link EmbeddedKafka} is to run.
 *
 * @param directory data directory of this broker
 * @param port loopback port for clients, or 0 for a free one
 * @param advertisedPort loopback port that clients are told to use, where something stands between
 *     them and the broker; 0 for the broker's own
 * @param startTimeout how long the broker may take to answer; recovery after a crash counts
 * @param login what clients must log in with; empty for none
 */
public record EmbeddedKafkaSettings(
        Path directory,
        int port,
        int advertisedPort,
        Duration startTimeout,
        Optional<KafkaLogin> login) {

    public EmbeddedKafkaSettings {
        directory = directory.toAbsolutePath().normalize();
        requirePort(port);
        requirePort(advertisedPort);
        if (startTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("startTimeout must be one second or more");
        }
    }

    /** A broker on a free port. */
    public static EmbeddedKafkaSettings in(Path directory) {
        return new EmbeddedKafkaSettings(directory, 0, 0, Duration.ofSeconds(60), Optional.empty());
    }

    /** The same on another port; 0 for a free one. */
    public EmbeddedKafkaSettings withPort(int port) {
        return new EmbeddedKafkaSettings(directory, port, advertisedPort, startTimeout, login);
    }

    /** The same behind another port, to which clients are sent. */
    public EmbeddedKafkaSettings withAdvertisedPort(int advertisedPort) {
        return new EmbeddedKafkaSettings(directory, port, advertisedPort, startTimeout, login);
    }

    /** The same for clients that log in. */
    public EmbeddedKafkaSettings withLogin(KafkaLogin wanted) {
        return new EmbeddedKafkaSettings(
                directory, port, advertisedPort, startTimeout, Optional.of(wanted));
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }
}
