package dev.vitrine.embedding.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.embedding.EmbeddingApplication;
import dev.vitrine.embedding.encode.Encoder;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with the real model and a real broker. */
class EmbeddingServiceIT {

    private static final String BOOTSTRAP = TestPlatform.kafkaBootstrapServers();
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** Nobody can find the service ready, or reach it at all, before the model is warm. */
    @Test
    void port_opensAfterTheModelIsLoadedAndWarm() {
        List<Boolean> warm = new ArrayList<>();
        SpringApplication application = new SpringApplication(EmbeddingApplication.class);
        application.addListeners(
                new ApplicationListener<WebServerInitializedEvent>() {
                    @Override
                    public void onApplicationEvent(WebServerInitializedEvent opened) {
                        warm.add(
                                ((ConfigurableApplicationContext) opened.getApplicationContext())
                                        .getBeanFactory()
                                        .containsSingleton("encoder"));
                    }
                });
        try (ConfigurableApplicationContext service =
                application.run(
                        "--spring.config.name=embedding",
                        "--server.port=0",
                        "--embedding.catalog.enabled=false")) {
            assertThat(warm).containsExactly(true);
            assertThat(service.getBean(ApplicationAvailability.class).getReadinessState())
                    .isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void products_published_getVectorsAndUnchangedOnesAreLeftAlone() throws Exception {
        try (CatalogTopics topics = new CatalogTopics(BOOTSTRAP, "life")) {
            try (ConfigurableApplicationContext service = start()) {
                Encoder encoder = service.getBean(Encoder.class);
                topics.put("a", 1, "wireless headphones");
                topics.put("b", 1, "garden hose");
                List<ConsumerRecord<String, byte[]>> records = topics.await(r -> r.size() == 2);
                ConsumerRecord<String, byte[]> a = of(records, topics.key("a")).getFirst();

                assertThat(VectorBytes.decode(a.value()))
                        .containsExactly(
                                encoder.encode("wireless headphones", EmbeddingPurpose.PRODUCT));
                assertThat(EventPublisher.header(a, EventHeaders.MODEL)).isEqualTo(encoder.model());
                assertThat(EventPublisher.header(a, EventHeaders.DIMENSIONS)).isEqualTo("384");
                assertThat(EventPublisher.header(a, EventHeaders.TEXT_HASH))
                        .isEqualTo(CatalogTopics.hash("wireless headphones"));
                assertThat(EventPublisher.header(a, EventHeaders.PRODUCT_VERSION)).isEqualTo("1");
                assertThat(EventPublisher.header(a, EventHeaders.TYPE))
                        .isEqualTo("dev.vitrine.product.embedded.v1");

                // A new price is a new version with the old text.
                topics.put("a", 2, "wireless headphones");
                topics.put("last", 1, "something else");
                topics.await(r -> r.size() == 3);
                awaitSkipped(service, 1);
            }
            // The second start knows from the embeddings topic what has been embedded.
            try (ConfigurableApplicationContext service = start()) {
                topics.put("a", 3, "wireless headphones");
                topics.put("b", 2, "garden hose, 20 m");
                topics.await(r -> r.size() == 4);
                awaitSkipped(service, 1);
                topics.delete("a", 4);
                topics.put("b", 3, "");
                topics.delete("never-there", 1);
                List<ConsumerRecord<String, byte[]>> records = topics.await(r -> r.size() == 6);

                assertThat(of(records, topics.key("a"))).hasSize(2);
                assertThat(of(records, topics.key("a")).getLast().value()).isNull();
                assertThat(
                                EventPublisher.header(
                                        of(records, topics.key("a")).getLast(),
                                        EventHeaders.PRODUCT_VERSION))
                        .isEqualTo("4");
                assertThat(of(records, topics.key("b"))).hasSize(3);
                assertThat(of(records, topics.key("b")).getLast().value()).isNull();
            }
        }
    }

    @Test
    void products_unreadable_goToTheDeadLettersAndTheRestGoesOn() throws Exception {
        try (CatalogTopics topics = new CatalogTopics(BOOTSTRAP, "poison");
                ConfigurableApplicationContext service = start()) {
            topics.putBroken("x");
            topics.put("y", 1, "desk lamp");
            List<ConsumerRecord<String, byte[]>> records = topics.await(r -> r.size() == 2);

            ConsumerRecord<String, byte[]> letter = of(records, topics.key("x")).getFirst();
            assertThat(letter.topic()).isEqualTo(Topics.deadLetters(Topics.PRODUCTS));
            assertThat(EventPublisher.header(letter, DeadLetters.REASON))
                    .startsWith("not a ProductChanged");
            assertThat(of(records, topics.key("y")).getFirst().topic())
                    .isEqualTo(Topics.EMBEDDINGS);
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void model_changed_embedsUnchangedProductsAnew() throws Exception {
        try (CatalogTopics topics = new CatalogTopics(BOOTSTRAP, "models")) {
            try (ConfigurableApplicationContext service = start()) {
                topics.put("a", 1, "office chair");
                topics.await(r -> r.size() == 1);
                assertThat(service.isRunning()).isTrue();
            }
            try (ConfigurableApplicationContext service =
                    start("--embedding.model.product-prefix=passage: ")) {
                List<ConsumerRecord<String, byte[]>> records = topics.await(r -> r.size() == 2);

                assertThat(EventPublisher.header(records.getLast(), EventHeaders.MODEL))
                        .isEqualTo(service.getBean(Encoder.class).model())
                        .isNotEqualTo(
                                EventPublisher.header(records.getFirst(), EventHeaders.MODEL));
            }
        }
    }

    private static ConfigurableApplicationContext start(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--spring.config.name=embedding",
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + BOOTSTRAP));
        arguments.addAll(List.of(more));
        return new SpringApplication(EmbeddingApplication.class)
                .run(arguments.toArray(String[]::new));
    }

    private static void awaitSkipped(ConfigurableApplicationContext service, int count) {
        MeterRegistry meters = service.getBean(MeterRegistry.class);
        long end = System.nanoTime() + 30_000_000_000L;
        while (meters.get("embedding.catalog.products").tag("outcome", "skipped").counter().count()
                < count) {
            assertThat(System.nanoTime()).as("skipped in time").isLessThan(end);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static List<ConsumerRecord<String, byte[]>> of(
            List<ConsumerRecord<String, byte[]>> records, String key) {
        return records.stream().filter(record -> record.key().equals(key)).toList();
    }
}
