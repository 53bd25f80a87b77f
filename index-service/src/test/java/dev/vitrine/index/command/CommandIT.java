package dev.vitrine.index.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.index.ImportIT;
import dev.vitrine.index.WriterApp;
import dev.vitrine.index.catalog.CatalogWriter;
import dev.vitrine.index.catalog.Precondition;
import dev.vitrine.index.catalog.WriteCommand;
import dev.vitrine.index.catalog.WriteOutcome;
import dev.vitrine.index.outbox.OutboxRelay;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.RecordOrigin;
import dev.vitrine.servicekit.StateTopicReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A shop's own topics to PostgreSQL and to the dead letters, with real Kafka and PostgreSQL. */
class CommandIT {

    private static final String TABLE = "c-shop.public.products";
    private static final String CATALOG = "/v1/catalogs/c-shop";
    private static final String GROUP = "index-commands";
    private static final int POISONED = 7;
    private static final String SCHEMA =
            """
            {"fields":[
              {"name":"title","type":"text","weight":3.0,"role":"title"},
              {"name":"brand","type":"keyword","facet":true},
              {"name":"price","type":"number","filterable":true,"sortable":true,"role":"price"},
              {"name":"released","type":"date","sortable":true}],
             "semanticText":"{title}"}
            """;

    private static final Queue<ConsumerRecord<String, byte[]>> LETTERS =
            new ConcurrentLinkedQueue<>();

    private static TestDatabase database;
    private static WriterApp app;
    private static KafkaProducer<String, byte[]> producer;
    private static StateTopicReader letters;

    @BeforeAll
    static void start() throws Exception {
        String bootstrap = TestPlatform.kafkaBootstrapServers();
        try (Admin admin = admin()) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(TABLE, 2, (short) 1)
                                            .configs(Map.of("max.message.bytes", "9000000"))))
                    .all()
                    .get();
        }
        database = TestPlatform.freshDatabase(CommandIT.class);
        app = startApp();
        assertThat(app.put(CATALOG, SCHEMA).statusCode()).isEqualTo(201);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                9_000_000),
                        new StringSerializer(),
                        new ByteArraySerializer());
        letters =
                new StateTopicReader(
                        "command-letters",
                        KafkaConnection.to(bootstrap),
                        List.of(
                                new TopicPartition(Topics.deadLetters(TABLE), 0),
                                new TopicPartition(Topics.deadLetters(Topics.COMMANDS), 0)),
                        Map.of(),
                        batch -> batch.forEach(LETTERS::add));
        letters.start();
    }

    @AfterAll
    static void stop() {
        letters.close();
        producer.close();
        app.close();
    }

    private static WriterApp startApp() {
        return WriterApp.start(
                database,
                "index.command.topics[0].topic=" + Topics.COMMANDS,
                "index.command.topics[1].topic=" + TABLE,
                "index.command.topics[1].catalog=c-shop",
                "index.command.backoff-max=1s",
                "spring.datasource.hikari.connection-timeout=1000");
    }

    private static void send(
            String topic, @Nullable String key, byte @Nullable [] value, Header... headers)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, null, key, value, List.of(headers))).get();
    }

    private static void row(String id, String json) throws Exception {
        send(TABLE, id, json.replace('\'', '"').getBytes(UTF_8));
    }

    private static void envelope(
            long id, String op, @Nullable String title, @Nullable String price, long lsn)
            throws Exception {
        var row = ForeignRecords.row(id, title, price);
        send(
                TABLE,
                "{\"id\":" + id + "}",
                op.equals("d")
                        ? ForeignRecords.envelope(true, Map.of(), op, row, null, lsn)
                        : ForeignRecords.envelope(true, Map.of(), op, null, row, lsn));
    }

    private static long version(String id) {
        return app.get(CATALOG + "/products/" + id)
                .headers()
                .firstValue("ETag")
                .map(tag -> Long.parseLong(tag.replace("\"", "")))
                .orElse(0L);
    }

    private static JsonNode product(String id) {
        return WriterApp.json(app.get(CATALOG + "/products/" + id).body());
    }

    private static void awaitVersion(String id, long version) {
        WriterApp.await("version " + version + " of " + id, pause -> version(id) >= version);
    }

    /** The dead letter of a key, with its reason. */
    private static ConsumerRecord<String, byte[]> letter(String topic, String key) {
        Predicate<ConsumerRecord<String, byte[]>> wanted =
                letter ->
                        letter.topic().equals(Topics.deadLetters(topic))
                                && key.equals(String.valueOf(letter.key()));
        WriterApp.await("a dead letter of " + key, pause -> LETTERS.stream().anyMatch(wanted));
        return LETTERS.stream().filter(wanted).findFirst().orElseThrow();
    }

    private static String reason(String topic, String key) {
        return String.valueOf(EventPublisher.header(letter(topic, key), DeadLetters.REASON));
    }

    private static String reason(String key) {
        return reason(TABLE, key);
    }

    @Test
    void table_asItsConnectorSendsIt_becomesTheCatalogue() throws Exception {
        envelope(1, "r", "Lamp", "19.99", 10);
        envelope(1, "u", ForeignRecords.UNAVAILABLE, "17.50", 11);
        envelope(2, "c", "Hose", "5.00", 12);
        envelope(2, "d", null, null, 13);
        send(TABLE, "{\"id\":2}", null);
        awaitVersion("1", 2);
        assertThat(product("1").path("title").asString()).isEqualTo("Lamp");
        assertThat(product("1").path("price").asDouble()).isEqualTo(17.5);
        assertThat(product("1").path("released").asString()).isEqualTo("2024-10-04");
        WriterApp.await(
                "2 is deleted", pause -> app.get(CATALOG + "/products/2").statusCode() == 404);

        // Neither a truncated table nor a record that came too late takes anything away.
        send(TABLE, "truncate", "{\"source\":{},\"op\":\"t\"}".getBytes(UTF_8));
        assertThat(reason("truncate")).contains("a truncated table deletes nothing");
        envelope(1, "u", "Old lamp", "1.00", 9);
        row("after", "{'title':'x'}");
        awaitVersion("after", 1);
        envelope(1, "u", "Lamp", "16.00", 14);
        awaitVersion("1", 3);
        assertThat(version("1")).isEqualTo(3);
        assertThat(product("1").path("price").asDouble()).isEqualTo(16);
    }

    @Test
    void commandsTopic_takesCloudEventsAndPlainRows() throws Exception {
        Header type = header(EventHeaders.TYPE, EventHeaders.TYPE_PRODUCT_UPSERT);
        Header version = header(EventHeaders.SPEC_VERSION, "1.0");
        String key = "default/c-shop/event";
        send(
                Topics.COMMANDS,
                key,
                "{\"title\":\"Pen\",\"price\":1}".getBytes(UTF_8),
                type,
                version);
        awaitVersion("event", 1);
        send(
                Topics.COMMANDS,
                key,
                "{\"price\":2}".getBytes(UTF_8),
                header(CommandDecoder.ACTION, "patch"));
        awaitVersion("event", 2);
        assertThat(product("event").path("title").asString()).isEqualTo("Pen");
        send(Topics.COMMANDS, key, null);
        WriterApp.await(
                "it is deleted", pause -> app.get(CATALOG + "/products/event").statusCode() == 404);
        send(Topics.COMMANDS, "default/c-none/1", "{}".getBytes(UTF_8));
        assertThat(reason(Topics.COMMANDS, "default/c-none/1")).startsWith("CATALOG_NOT_FOUND");
    }

    @Test
    void commandsTopic_poisonAmongGoodRecords_setsOnlyThatAsideAndGoesOn() throws Exception {
        Header[] typed = {
            header(EventHeaders.TYPE, "shop.product.exploded"),
            header(EventHeaders.SPEC_VERSION, "1.0")
        };
        String key = "default/c-shop/";
        command(key + "before", "{\"title\":\"Cup\"}");
        command(null, "{\"title\":\"nobody\"}");
        command(key + "between", "{\"title\":\"Cup\"}");
        command(key + "poison", "{\"title\":");
        command(key + "type", "{\"title\":\"x\"}", typed);
        command(key + "price", "{\"title\":\"x\",\"price\":[\"cheap\"]}");
        command("not a key", "{\"title\":\"x\"}");
        command(key + "large", "{\"title\":\"" + "x".repeat(2_000_000) + "\"}");
        long last = command(key + "after", "{\"title\":\"Cup\"}");

        awaitVersion("after", 1);
        assertThat(version("before")).isEqualTo(1);
        assertThat(version("between")).isEqualTo(1);
        assertThat(reason(Topics.COMMANDS, "null")).startsWith("no key and no catalogue");
        assertThat(reason(Topics.COMMANDS, key + "poison")).startsWith("not JSON");
        assertThat(reason(Topics.COMMANDS, key + "type"))
                .startsWith("type 'shop.product.exploded' does not say what to do");
        assertThat(reason(Topics.COMMANDS, key + "price")).contains("PRODUCT_INVALID", "/price");
        assertThat(reason(Topics.COMMANDS, "not a key"))
                .contains("'not a key' is not tenant/catalog/id");
        assertThat(reason(Topics.COMMANDS, key + "large")).contains("PRODUCT_INVALID", "/title");
        assertThat(letter(Topics.COMMANDS, key + "large").value()).hasSizeGreaterThan(2_000_000);
        for (String id : List.of("poison", "type", "price", "large")) {
            assertThat(version(id)).as(id).isZero();
        }
        try (Admin admin = admin()) {
            WriterApp.await(
                    "the offsets are past the last record",
                    pause -> committed(admin, Topics.COMMANDS, POISONED) > last);
        }
        assertThat(LETTERS)
                .filteredOn(letter -> letter.topic().equals(Topics.deadLetters(Topics.COMMANDS)))
                .extracting(letter -> RecordOrigin.of(letter))
                .filteredOn(origin -> origin.partition() == POISONED)
                .hasSize(6);
    }

    /** Sends to one partition, so that the order is that of the calls; the offset. */
    private static long command(@Nullable String key, String value, Header... headers)
            throws Exception {
        return producer.send(
                        new ProducerRecord<>(
                                Topics.COMMANDS,
                                POISONED,
                                key,
                                value.getBytes(UTF_8),
                                List.of(headers)))
                .get()
                .offset();
    }

    private static Admin admin() {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestPlatform.kafkaBootstrapServers()));
    }

    private static long committed(Admin admin, String topic, int partition) {
        try {
            OffsetAndMetadata offset =
                    admin.listConsumerGroupOffsets(GROUP)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(new TopicPartition(topic, partition));
            return offset == null ? -1 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void redelivery_ofEverything_changesNothing() throws Exception {
        for (int i = 1; i <= 5; i++) {
            row("again", "{'title':'Cup','price':" + i + "}");
            envelope(50, i == 4 ? "d" : "u", "Cup", i + ".00", 100 + i);
        }
        awaitVersion("again", 5);
        awaitVersion("50", 5);
        app.close();
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(
                            GROUP,
                            Map.of(
                                    new TopicPartition(TABLE, 0),
                                    new OffsetAndMetadata(0),
                                    new TopicPartition(TABLE, 1),
                                    new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
        app = startApp();
        for (int i = 0; i < 10; i++) {
            // Markers in both partitions.
            row("marker" + i, "{'title':'m'}");
        }
        for (int i = 0; i < 10; i++) {
            awaitVersion("marker" + i, 1);
        }
        assertThat(version("again")).isEqualTo(5);
        assertThat(version("50")).isEqualTo(5);
        assertThat(product("again").path("price").asInt()).isEqualTo(5);
    }

    /** As when the process dies before the letters of a batch are written. */
    @Test
    void redelivery_ofARefusedCommandBetweenOthers_refusesItAgain() {
        CommandApplier applier = applier();
        CatalogRef shop = new CatalogRef("default", "c-shop");
        List<CatalogCommand> batch =
                List.of(
                        price(shop, 1, new BigDecimal("1")),
                        price(shop, 2, "cheap"),
                        price(shop, 3, new BigDecimal("3")));
        for (int delivery = 0; delivery < 2; delivery++) {
            List<@Nullable WriteOutcome> outcomes = applier.apply(shop, "by-hand", batch);
            assertThat(outcomes.get(1)).isInstanceOf(WriteOutcome.Refused.class);
            assertThat(product("refused").path("price").asInt()).isEqualTo(3);
        }
        assertThat(applier.apply(shop, "by-hand", batch.subList(0, 1)))
                .containsExactly((WriteOutcome) null);
    }

    /** Its topic is read again from the beginning, to fill it. */
    @Test
    void redelivery_toACatalogueThatWasMadeAnew_fillsIt() {
        String path = "/v1/catalogs/c-anew";
        CatalogRef anew = new CatalogRef("default", "c-anew");
        CommandApplier applier = applier();
        List<CatalogCommand> commands =
                List.of(price(anew, 1, new BigDecimal("1")), price(anew, 2, new BigDecimal("2")));
        for (int life = 0; life < 2; life++) {
            WriterApp.await("the name is free", pause -> app.put(path, SCHEMA).statusCode() == 201);
            assertThat(applier.apply(anew, "by-hand", commands))
                    .hasOnlyElementsOfType(WriteOutcome.Accepted.class);
            assertThat(applier.apply(anew, "by-hand", commands)).containsOnlyNulls();
            assertThat(app.delete(path).statusCode()).isEqualTo(202);
        }
    }

    private static CommandApplier applier() {
        return new CommandApplier(
                app.bean(CatalogWriter.class),
                app.bean(CommandPositions.class),
                app.bean(Transactions.class),
                app.bean(OutboxRelay.class));
    }

    private static CatalogCommand price(CatalogRef shop, long offset, Object price) {
        return new CatalogCommand(
                "by-hand",
                shop,
                new WriteCommand.Put(
                        "refused",
                        Map.of("title", "Cup", "price", price),
                        false,
                        new Precondition.None()),
                new SourcePosition(SourcePosition.UNKNOWN, 1_000, 0, offset));
    }

    @Test
    void unusableRecords_areSetAsideWithTheirReason_andNothingSticks() throws Exception {
        send(TABLE, null, "{\"title\":\"nobody\"}".getBytes(UTF_8));
        row("list", "[1]");
        row("framed", "\0\0\0\0\1abc");
        row("typed", "{'title':'x','price':'cheap'}");
        send(
                TABLE,
                "bytes",
                ForeignRecords.envelope(
                        false, Map.of(), "u", null, ForeignRecords.row(60, "x", "19.99"), 1));
        row("large", "{'title':'" + "x".repeat(2_000_000) + "'}");
        row("huge", "{'title':'" + "x".repeat(5_000_000) + "'}");
        row("fine", "{'title':'fine'}");
        awaitVersion("fine", 1);

        assertThat(reason("null")).contains("no product id");
        assertThat(reason("list")).contains("a product is one JSON object");
        assertThat(reason("framed")).contains("schema-registry framed");
        assertThat(reason("typed")).contains("PRODUCT_INVALID", "/price");
        assertThat(reason("typed")).doesNotContain("decimal.format");
        assertThat(reason("bytes")).contains("PRODUCT_INVALID", "/price", "decimal.format=NUMERIC");
        assertThat(reason("large")).contains("PRODUCT_INVALID", "/title");
        assertThat(letter(TABLE, "large").value()).hasSizeGreaterThan(2_000_000);
        // More than our own producer sends: the letter says what is missing and where it is.
        assertThat(letter(TABLE, "huge").value()).isNull();
        assertThat(EventPublisher.header(letter(TABLE, "huge"), DeadLetters.LEFT_OUT))
                .isEqualTo("5000012");
        assertThat(EventPublisher.header(letter(TABLE, "huge"), DeadLetters.ORIGIN))
                .startsWith(TABLE);
    }

    @Test
    void databaseAway_recordsWaitAndAreAppliedInOrder() throws Exception {
        row("wait", "{'title':'Mug','price':0}");
        awaitVersion("wait", 1);
        ImportIT.connections(database, false);
        for (int i = 1; i <= 10; i++) {
            row("wait", "{'title':'Mug','price':" + i + "}");
        }
        assertThat(app.get(CATALOG).statusCode()).isEqualTo(503);
        ImportIT.connections(database, true);
        awaitVersion("wait", 11);
        assertThat(product("wait").path("price").asInt()).isEqualTo(10);
        assertThat(version("wait")).isEqualTo(11);
        assertThat(LETTERS).noneMatch(record -> "wait".equals(record.key()));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
