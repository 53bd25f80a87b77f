package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Feeds the state from the product and embedding topics, from their beginning. One reader for both,
 * so that there is one writer.
 */
public final class CatalogReader implements AutoCloseable {

    private final StateTopicReader reader;
    private final CatalogDirectory directory;

    CatalogReader(KafkaConnection kafka, CatalogState state, CatalogDirectory directory) {
        this.directory = directory;
        this.reader =
                new StateTopicReader(
                        "recommender-catalog", kafka, partitions(), Map.of(), state::apply);
    }

    void start() {
        reader.start();
    }

    /** Whether all that existed at the start is in memory. */
    public boolean ready() {
        return reader.caughtUp() && directory.ready();
    }

    /** Records that are not applied yet. */
    long behind() {
        return reader.behind();
    }

    @Override
    public void close() {
        reader.close();
    }

    private static List<TopicPartition> partitions() {
        return Stream.of(Topics.PRODUCTS, Topics.EMBEDDINGS)
                .flatMap(topic ->
                        IntStream.range(0, Topics.STATE_PARTITIONS)
                                .mapToObj(p -> new TopicPartition(topic, p)))
                .toList();
    }
}
