package dev.vitrine.embedding.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Plays the index writer and a reader of vectors on a real broker, for one catalogue. */
final class CatalogTopics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CatalogRef catalog;
    private final EventPublisher publisher;
    private final StateTopicReader reader;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    CatalogTopics(String bootstrap, String catalog) {
        this.catalog = new CatalogRef("default", catalog);
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1).ensure(Topics.all());
        this.publisher =
                new EventPublisher(
                        "/vitrine/test",
                        KafkaConnection.to(bootstrap),
                        Duration.ofSeconds(30),
                        Clock.systemUTC());
        List<TopicPartition> partitions =
                new ArrayList<>(
                        IntStream.range(0, Topics.STATE_PARTITIONS)
                                .mapToObj(p -> new TopicPartition(Topics.EMBEDDINGS, p))
                                .toList());
        partitions.add(new TopicPartition(Topics.deadLetters(Topics.PRODUCTS), 0));
        this.reader =
                new StateTopicReader(
                        "test-" + catalog,
                        KafkaConnection.to(bootstrap),
                        partitions,
                        Map.of(),
                        batch -> batch.forEach(this::note));
        this.reader.start();
    }

    void put(String id, long version, String text) {
        ProductChanged product =
                new ProductChanged(
                        catalog.tenant(),
                        catalog.catalog(),
                        id,
                        version,
                        1,
                        Map.of("title", text),
                        text,
                        hash(text),
                        "t");
        send(product.key(), EventHeaders.TYPE_PRODUCT_CHANGED, WireJson.write(product), version);
    }

    void delete(String id, long version) {
        send(new ProductKey(catalog, id), EventHeaders.TYPE_PRODUCT_DELETED, null, version);
    }

    void putBroken(String id) {
        send(
                new ProductKey(catalog, id),
                EventHeaders.TYPE_PRODUCT_CHANGED,
                "{broken".getBytes(StandardCharsets.UTF_8),
                1);
    }

    String key(String id) {
        return new ProductKey(catalog, id).key();
    }

    static String hash(String text) {
        return HexFormat.of().toHexDigits(text.hashCode());
    }

    /** All records about this catalogue, in the order of their arrival. */
    List<ConsumerRecord<String, byte[]>> records() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** The records once they are as wanted. */
    List<ConsumerRecord<String, byte[]>> await(
            Predicate<List<ConsumerRecord<String, byte[]>>> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (seen) {
            while (!wanted.test(List.copyOf(seen))) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError("not within " + PATIENCE + "; seen: " + seen.size());
                }
                seen.wait(millis);
            }
            return List.copyOf(seen);
        }
    }

    private void send(ProductKey key, String type, byte @Nullable [] value, long version) {
        publisher
                .publish(
                        Topics.PRODUCTS,
                        ProductPartitions.of(key),
                        key.key(),
                        type,
                        EventHeaders.JSON,
                        value,
                        Map.of(EventHeaders.PRODUCT_VERSION, Long.toString(version)))
                .join();
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        if (record.key() != null && record.key().startsWith(catalog.key() + '/')) {
            synchronized (seen) {
                seen.add(record);
                seen.notifyAll();
            }
        }
    }

    @Override
    public void close() {
        reader.close();
        publisher.close();
    }
}
