package dev.vitrine.embedding.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.embedding.encode.EncodeProperties;
import dev.vitrine.embedding.encode.Encoder;
import dev.vitrine.embedding.encode.HashEncoder;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What becomes of a batch in the midst of which the service ends. */
class ProductFollowerIT {

    private static final String BOOTSTRAP = TestPlatform.kafkaBootstrapServers();

    private static final CatalogProperties SETTINGS =
            new CatalogProperties(
                    true,
                    "follower-it",
                    8,
                    DataSize.ofMegabytes(1),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200));

    @Test
    void stop_amidABatch_losesNothing() throws Exception {
        try (CatalogTopics topics = new CatalogTopics(BOOTSTRAP, "abandoned")) {
            Set<String> wanted = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                String id = "p" + i;
                topics.put(id, 1, "product number " + i);
                wanted.add(topics.key(id));
            }
            // The 20th text never comes back: the process hangs there until it is killed.
            HangingEncoder hanging = new HangingEncoder(20);
            run(hanging, () -> assertThat(hanging.hangs.await(60, TimeUnit.SECONDS)).isTrue());
            assertThat(keys(topics.records())).isNotEqualTo(wanted);

            run(
                    new HashEncoder("m1", 8),
                    () -> topics.await(records -> keys(records).equals(wanted)));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(Encoder encoder, Step step) throws Exception {
        try (EventPublisher publisher =
                        new EventPublisher(
                                "/vitrine/embedding",
                                KafkaConnection.to(BOOTSTRAP),
                                Duration.ofSeconds(30),
                                Clock.systemUTC());
                EncodeLanes lanes = new EncodeLanes(encoder, new EncodeProperties(1, 10, 10, 10))) {
            EmbeddedTexts known = new EmbeddedTexts();
            ProductFollower follower =
                    new ProductFollower(
                            KafkaConnection.to(BOOTSTRAP),
                            SETTINGS,
                            encoder.model(),
                            new ProductEmbedder(
                                    lanes,
                                    new KafkaEmbeddingTopic(publisher, new DeadLetters(publisher)),
                                    known,
                                    1 << 20,
                                    new SimpleMeterRegistry()),
                            known);
            follower.start();
            try {
                step.run();
            } finally {
                follower.stop();
                assertThat(follower.isRunning()).isFalse();
                encoder.close();
            }
        }
    }

    private static Set<String> keys(List<ConsumerRecord<String, byte[]>> records) {
        Set<String> keys = new TreeSet<>();
        records.forEach(record -> keys.add(record.key()));
        return keys;
    }

    /** Works until a certain text, then hangs until it is closed. */
    private static final class HangingEncoder implements Encoder {

        private final HashEncoder encoder = new HashEncoder("m1", 8);
        private final CountDownLatch hangs = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final int from;

        HangingEncoder(int from) {
            this.from = from;
        }

        @Override
        public String model() {
            return encoder.model();
        }

        @Override
        public int dimensions() {
            return encoder.dimensions();
        }

        @Override
        public float[] encode(String text, EmbeddingPurpose purpose) {
            if (encoder.calls() >= from) {
                hangs.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return encoder.encode(text, purpose);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
