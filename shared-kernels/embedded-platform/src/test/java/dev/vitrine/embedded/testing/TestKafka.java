package dev.vitrine.embedded.testing;

/** A running Kafka, wherever it came from. */
interface TestKafka extends AutoCloseable {

    /** One line for the person who reads the test's output. */
    String description();

    String bootstrapServers();

    @Override
    void close();
}
