package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.load.HttpAnswer;
import dev.vitrine.benchmarks.load.HttpCall;
import dev.vitrine.benchmarks.load.HttpConnection;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.embedding.EmbeddingRequest;
import dev.vitrine.contracts.embedding.EmbeddingResponse;
import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The vectors that Vitrine itself made: of its products from the topic, of queries from
 * embedding-service. The other engine is given the same ones.
 */
public final class Vectors {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BATCH = 32;
    private static final CatalogRef CATALOG =
            new CatalogRef(InternalHeaders.DEFAULT_TENANT, "electronics");

    private final Map<String, float[]> products;
    private final Map<String, float[]> queries = new HashMap<>();
    private final String model;

    private Vectors(Map<String, float[]> products, String model) {
        this.products = products;
        this.model = model;
    }

    /** Reads all vectors of products and asks for those of the queries. */
    public static Vectors read(VitrineProcess vitrine, Collection<String> queries)
            throws IOException, InterruptedException {
        String bootstrap = vitrine.address("kafka").getAuthority();
        Map<String, float[]> products = new ConcurrentHashMap<>();
        List<TopicPartition> partitions =
                IntStream.range(0, Topics.STATE_PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(Topics.EMBEDDINGS, partition))
                        .toList();
        try (StateTopicReader reader =
                new StateTopicReader(
                        "bench-vectors",
                        KafkaConnection.to(bootstrap),
                        partitions,
                        Map.of(),
                        batch -> batch.forEach(record -> keep(record, products)))) {
            reader.start();
            if (!reader.awaitCaughtUp(PATIENCE)) {
                throw new IOException("the vectors cannot be read from " + bootstrap);
            }
        }
        URI embedding = vitrine.address("embedding");
        try (HttpConnection connection = new HttpConnection(embedding)) {
            List<String> texts = List.copyOf(queries);
            Vectors vectors =
                    new Vectors(products, ask(connection, embedding, texts.subList(0, 1)).model());
            for (int from = 0; from < texts.size(); from += BATCH) {
                List<String> part = texts.subList(from, Math.min(texts.size(), from + BATCH));
                EmbeddingResponse response = ask(connection, embedding, part);
                for (int i = 0; i < part.size(); i++) {
                    vectors.queries.put(part.get(i), VectorBytes.decode(response.vectors().get(i)));
                }
            }
            return vectors;
        }
    }

    private static void keep(ConsumerRecord<String, byte[]> record, Map<String, float[]> products) {
        ProductKey key = ProductKey.parse(record.key());
        if (!key.catalog().equals(CATALOG)) {
            return;
        }
        if (record.value() == null) {
            products.remove(key.id());
        } else {
            products.put(key.id(), VectorBytes.decode(record.value()));
        }
    }

    private static EmbeddingResponse ask(
            HttpConnection connection, URI embedding, List<String> texts) throws IOException {
        HttpAnswer answer =
                connection.send(
                        HttpCall.of(
                                "POST",
                                embedding,
                                "/internal/v1/embeddings",
                                "application/json",
                                WireJson.write(
                                        new EmbeddingRequest(texts, EmbeddingPurpose.QUERY))));
        if (answer.status() != 200) {
            throw new IOException("embedding answered " + answer.text());
        }
        return WireJson.mapper().readValue(answer.text(), EmbeddingResponse.class);
    }

    /** Id of the model that made them. */
    String model() {
        return model;
    }

    float[] ofQuery(String text) {
        float[] vector = queries.get(text);
        if (vector == null) {
            throw new IllegalArgumentException("no vector was asked for of: " + text);
        }
        return vector;
    }

    float[] ofProduct(String id) {
        float[] vector = products.get(id);
        if (vector == null) {
            throw new IllegalArgumentException("product " + id + " has no vector yet");
        }
        return vector;
    }
}
