package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedKafkaTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void start_again_keepsMessagesOffsetsAndTopicSettings() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            create(kafka, new NewTopic("kept", 1, (short) 1).configs(compacted()));
            send(kafka, "kept", "a", "1");
            send(kafka, "kept", "b", "2");
            assertThat(poll(kafka, "kept", 2)).containsExactly("a=1", "b=2");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
                Admin admin = admin(kafka)) {
            send(kafka, "kept", "c", "3");
            // The group's offset was kept too: only the new message comes.
            assertThat(poll(kafka, "kept", 1)).containsExactly("c=3");
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "kept");
            assertThat(admin.describeConfigs(List.of(topic)).all().get(30, TimeUnit.SECONDS))
                    .hasEntrySatisfying(
                            topic,
                            settings ->
                                    assertThat(settings.get("cleanup.policy").value())
                                            .isEqualTo("compact"));
        }
    }

    /** The cleaner works: of many values of one key in closed segments, few remain. */
    @Test
    void compactedTopic_olderValuesDisappear() throws Exception {
        Map<String, String> fast = new HashMap<>(compacted());
        fast.put("segment.ms", "1000");
        fast.put("min.cleanable.dirty.ratio", "0.01");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
                KafkaProducer<String, String> producer = producer(kafka.bootstrapServers())) {
            create(kafka, new NewTopic("latest", 1, (short) 1).configs(fast));
            cleanOften(kafka);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            int sent = 0;
            int kept;
            do {
                for (int i = 0; i < 50; i++) {
                    send(producer, "latest", "key", Integer.toString(sent++));
                }
                kept = count(kafka, "latest");
                assertThat(System.nanoTime()).as("no compaction").isLessThan(deadline);
            } while (kept >= sent);
            assertThat(kept).isLessThan(sent);
        }
    }

    @Test
    void topics_ofAllServices_takeLittleSpace() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            create(
                    kafka,
                    new NewTopic("one", 64, (short) 1).configs(compacted()),
                    new NewTopic("two", 64, (short) 1).configs(compacted()),
                    new NewTopic("three", 64, (short) 1));
            awaitPartitions(kafka, 64, "one", "two", "three");
            assertThat(mebibytes(directory)).isBetween(90L, 150L);
        }
        assertThat(mebibytes(directory)).as("after an orderly stop").isLessThan(40);
    }

    @Test
    void send_unknownTopic_isAnError() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
                Admin admin = admin(kafka)) {
            ExecutionException failure =
                    catchThrowableOfType(
                            ExecutionException.class,
                            () ->
                                    admin.describeTopics(List.of("misspelt"))
                                            .allTopicNames()
                                            .get(30, TimeUnit.SECONDS));
            assertThat(failure).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void start_portTaken_namesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            PlatformException failure =
                    catchThrowableOfType(
                            PlatformException.class,
                            () ->
                                    EmbeddedKafka.start(
                                            EmbeddedKafkaSettings.in(directory).withPort(port)));
            assertThat(failure.code()).isEqualTo(Code.PLATFORM_PORT_IN_USE);
            assertThat(failure).hasMessageStartingWith("Port " + port + " for Kafka");
        }
    }

    @Test
    void start_directoryInUse_isRefused() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory))) {
            PlatformException failure =
                    catchThrowableOfType(
                            PlatformException.class,
                            () -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory)));
            assertThat(failure.code()).isEqualTo(Code.PLATFORM_DIRECTORY_IN_USE);
            assertThat(kafka.port()).isPositive();
        }
    }

    @Test
    void awaitReady_nobodyListens_failsAndSaysLittleMeanwhile() {
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        clients.addAppender(said);
        clients.setLevel(Level.INFO);
        try {
            PlatformException failure =
                    catchThrowableOfType(
                            PlatformException.class,
                            () -> EmbeddedKafka.awaitReady("127.0.0.1:1", Duration.ofSeconds(1)));
            assertThat(failure.code()).isEqualTo(Code.PLATFORM_START_FAILED);
            assertThat(said.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("could not be established"))
                    .noneMatch(line -> line.contains("Rebootstrapping"));
        } finally {
            clients.setLevel(null);
            clients.detachAppender(said);
        }
    }

    @Test
    void ownProcess_killedAndStartedAgain_keepsMessages() throws Exception {
        int port = LoopbackPort.free();
        Process first = launch(port);
        try {
            EmbeddedKafka.awaitReady("127.0.0.1:" + port, DEADLINE);
            try (Admin admin = admin("127.0.0.1:" + port)) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            send("127.0.0.1:" + port, "kept", "a", "1");
        } finally {
            first.destroyForcibly().waitFor();
        }
        Process second = launch(port);
        try {
            EmbeddedKafka.awaitReady("127.0.0.1:" + port, DEADLINE);
            assertThat(poll("127.0.0.1:" + port, "kept", 1)).containsExactly("a=1");
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            // 143 = 128 + SIGTERM: the JVM's way to say that its hooks ran to the end.
            assertThat(second.exitValue()).isEqualTo(143);
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    private Process launch(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // It lives for seconds.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    private static Map<String, String> compacted() {
        return Map.of("cleanup.policy", "compact");
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return admin(kafka.bootstrapServers());
    }

    private static Admin admin(String bootstrap) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap));
    }

    private static void create(EmbeddedKafka kafka, NewTopic... topics) throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.createTopics(List.of(topics)).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Topics are made in the background; a partition that knows its end has its files. */
    private static void awaitPartitions(EmbeddedKafka kafka, int partitions, String... topics)
            throws Exception {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (String topic : topics) {
            for (int i = 0; i < partitions; i++) {
                all.put(new TopicPartition(topic, i), OffsetSpec.latest());
            }
        }
        try (Admin admin = admin(kafka)) {
            admin.listOffsets(all).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(EmbeddedKafka kafka, String topic, String key, String value)
            throws Exception {
        send(kafka.bootstrapServers(), topic, key, value);
    }

    private static void send(String bootstrap, String topic, String key, String value)
            throws Exception {
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            send(producer, topic, key, value);
        }
    }

    private static void send(
            KafkaProducer<String, String> producer, String topic, String key, String value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }

    private static KafkaProducer<String, String> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new StringSerializer(),
                new StringSerializer());
    }

    /** The cleaner looks for work every 15 s otherwise. */
    private static void cleanOften(EmbeddedKafka kafka) throws Exception {
        ConfigResource everyBroker = new ConfigResource(ConfigResource.Type.BROKER, "");
        AlterConfigOp often =
                new AlterConfigOp(
                        new ConfigEntry("log.cleaner.backoff.ms", "100"), AlterConfigOp.OpType.SET);
        try (Admin admin = admin(kafka)) {
            admin.incrementalAlterConfigs(Map.of(everyBroker, List.of(often)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> poll(EmbeddedKafka kafka, String topic, int expected) {
        return poll(kafka.bootstrapServers(), topic, expected);
    }

    private static List<String> poll(String bootstrap, String topic, int expected) {
        List<String> messages = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (messages.size() < expected && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(500))) {
                    messages.add(each.key() + "=" + each.value());
                }
            }
            consumer.commitSync(DEADLINE);
        }
        return messages;
    }

    private static int count(EmbeddedKafka kafka, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = consumer(kafka.bootstrapServers())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            int found = 0;
            while (consumer.position(partition) < end) {
                found += consumer.poll(Duration.ofMillis(500)).count();
            }
            return found;
        }
    }

    private static KafkaConsumer<String, String> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap,
                        "group.id", "test",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static long mebibytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes >> 20;
        }
    }
}
