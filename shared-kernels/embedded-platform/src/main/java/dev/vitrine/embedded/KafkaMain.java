package dev.vitrine.embedded;

import java.nio.file.Path;

/**
 * Runs an {@link EmbeddedKafka} as a process of its own until it is told to end: {@code KafkaMain
 * DIRECTORY PORT}. 256 MiB of heap are enough.
 */
public final class KafkaMain {

    private KafkaMain() {}

    /** Takes the data directory and the port; ends with status 0 on SIGTERM. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Usage: KafkaMain DIRECTORY PORT");
        }
        // Kafka logs its whole configuration at level INFO, and Logback without a file everything.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/vitrine/embedded/kafka-main.xml");
        }
        Path directory = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        EmbeddedKafka kafka =
                EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory).withPort(port));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        kafka.awaitEnd();
    }
}
