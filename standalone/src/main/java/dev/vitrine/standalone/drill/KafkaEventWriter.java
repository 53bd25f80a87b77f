package dev.vitrine.standalone.drill;

import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as a shop's own system writes them: into the topic, acknowledged by all replicas. */
final class KafkaEventWriter implements EventWriter {
    private static final int DELIVERY_MILLIS = 5_000;

    private final String catalog;
    private final InstantSource clock;
    private final JsonMapper json;
    private final KafkaProducer<String, byte[]> producer;

    KafkaEventWriter(String bootstrap, String catalog, InstantSource clock, JsonMapper json) {
        this.catalog = catalog;
        this.clock = clock;
        this.json = json;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                                ProducerConfig.ACKS_CONFIG, "all",
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                                ProducerConfig.LINGER_MS_CONFIG, 0),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    @Override
    public String send(String eventId, String visitor, String productId) {
        String time = clock.instant().toString();
        ObjectNode event = json.createObjectNode();
        event.put("tenant", KillDrill.TENANT);
        event.put("catalog", catalog);
        event.put("eventId", eventId);
        event.put("eventTime", time);
        event.put("type", "view");
        event.put("visitorId", visitor);
        event.putArray("items").addObject().put("id", productId);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.INTERACTIONS,
                        KillDrill.TENANT + '/' + visitor,
                        json.writeValueAsBytes(event));
        header(record, EventHeaders.SPEC_VERSION, "1.0");
        header(record, EventHeaders.ID, eventId);
        header(record, EventHeaders.TYPE, EventHeaders.TYPE_INTERACTION);
        header(record, EventHeaders.SOURCE, "/vitrine/drill");
        header(record, EventHeaders.TIME, time);
        header(record, EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        try {
            producer.send(record).get();
            return Answers.GOOD;
        } catch (ExecutionException | KafkaException refused) {
            return "503 no broker";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Answers.NONE;
        }
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
