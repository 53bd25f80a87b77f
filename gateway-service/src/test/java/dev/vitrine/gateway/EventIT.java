package dev.vitrine.gateway;

import static dev.vitrine.gateway.ProblemAssert.assertProblem;
import static dev.vitrine.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.interaction.CheckedInteraction;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionCheck;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionLimits;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.InteractionReader;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event log's front door over HTTP, with a real Kafka behind it. */
class EventIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String SEARCH = "/v1/catalogs/shop/search";
    private static final String ANSWER =
            """
            {"queryId":"0123456789abcdef0123456789abcdef","hits":[
              {"id":"a","fields":{"id":"not this","more":[{"id":"nor this"}]}},
              {"id":"b","fields":{}}],
             "total":2,"partial":[]}
            """;

    private static final List<Interaction> log = new CopyOnWriteArrayList<>();
    private static final Map<String, String> eventTypes = new ConcurrentHashMap<>();
    private static final Map<String, String> keys = new ConcurrentHashMap<>();
    private static RunningGateway gateway;
    private static StateTopicReader reader;

    @BeforeAll
    static void start() {
        String bootstrap = TestPlatform.kafkaBootstrapServers();
        new TopicProvisioner(KafkaConnection.to(bootstrap), (short) 1).ensure(Topics.all());
        try (EventPublisher publisher =
                new EventPublisher("/test", KafkaConnection.to(bootstrap), PATIENCE, CLOCK)) {
            CatalogSchema schema = new CatalogSchema(List.of(), null);
            for (CatalogChanged name :
                    List.of(
                            new CatalogChanged("default", "shop", 1, false, schema),
                            new CatalogChanged(
                                    "default", "window", 1, true, schema, "shop", null))) {
                publisher
                        .publish(
                                Topics.SCHEMAS,
                                null,
                                name.ref().key(),
                                EventHeaders.TYPE_CATALOG_CHANGED,
                                EventHeaders.JSON,
                                WireJson.write(name),
                                Map.of())
                        .join();
            }
        }
        gateway = new RunningGateway("--spring.kafka.bootstrap-servers=" + bootstrap);
        InteractionReader records =
                new InteractionReader(new InteractionCheck(InteractionLimits.DEFAULTS), CLOCK);
        reader =
                new StateTopicReader(
                        "event-it",
                        KafkaConnection.to(bootstrap),
                        IntStream.range(0, Topics.INGRESS_PARTITIONS)
                                .mapToObj(i -> new TopicPartition(Topics.INTERACTIONS, i))
                                .toList(),
                        Map.of(),
                        (ConsumerRecords<String, byte[]> batch) ->
                                batch.forEach(record -> keep(records, record)));
        reader.start();
    }

    private static void keep(InteractionReader records, ConsumerRecord<String, byte[]> record) {
        switch (records.read(record)) {
            case CheckedInteraction.Usable usable -> {
                Interaction event = usable.interaction();
                eventTypes.put(
                        event.eventId(),
                        String.valueOf(EventPublisher.header(record, EventHeaders.TYPE)));
                keys.put(event.eventId(), record.key());
                log.add(event);
            }
            case CheckedInteraction.Unusable unusable ->
                    throw new AssertionError(unusable.fault().reason());
        }
    }

    @AfterAll
    static void stop() {
        reader.close();
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.reset();
    }

    @Test
    void aGoodEvent_isInTheLogWhenItIsAccepted() throws Exception {
        Instant time = Instant.now(CLOCK).minusSeconds(60);
        HttpResponse<String> response =
                gateway.post(
                        "/v1/events",
                        """
                        {"events":[{"catalog":"shop","type":"purchase","eventId":"buy-1",
                          "eventTime":"%s","visitorId":"v1","sessionId":"s1","tenant":"stolen",
                          "items":[{"id":"a","price":9.5,"quantity":2}]}]}
                        """
                                .formatted(time));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
        Interaction event = await(e -> e.eventId().equals("buy-1")).getFirst();
        assertThat(event)
                .isEqualTo(
                        new Interaction(
                                "default",
                                "shop",
                                "buy-1",
                                time,
                                InteractionType.PURCHASE,
                                "v1",
                                null,
                                "s1",
                                null,
                                null,
                                null,
                                List.of(new InteractionItem("a", null, 9.5, 2.0)),
                                null,
                                null,
                                null));
        assertThat(eventTypes).containsEntry("buy-1", EventHeaders.TYPE_INTERACTION);
        assertThat(keys).containsEntry("buy-1", "default/v1");
    }

    @Test
    void anEventUnderAnAlias_isTaken_andKeepsTheNameThatOutlivesTheCatalogue() throws Exception {
        HttpResponse<String> response =
                gateway.post(
                        "/v1/events",
                        """
                        {"events":[{"catalog":"window","type":"view","eventId":"alias-1",
                          "visitorId":"v1","items":[{"id":"a"}]}]}
                        """);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(await(e -> e.eventId().equals("alias-1")).getFirst().catalog())
                .isEqualTo("window");
    }

    @Test
    void oneBadEventAmongAThousand_isReported_andTheOthersAreTaken() throws Exception {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(view("thousand", "\"eventId\":\"t" + i + "\",\"items\":[{\"id\":\"a\"}]"));
        }
        events.set(
                500,
                view("thousand", "\"eventId\":\"t500\",\"items\":[{\"id\":\"a\",\"price\":-1}]"));
        HttpResponse<String> response = gateway.post("/v1/events", batch(events));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"accepted\":999,\"rejected\":1,\"errors\":[{\"index\":500,"
                                + "\"eventId\":\"t500\",\"code\":\"EVENT_FIELD_INVALID\","
                                + "\"pointer\":\"/events/500/items/0/price\","
                                + "\"message\":\"expected a number from 0\"}]}");
        assertThat(await(e -> e.visitorId().equals("thousand"), 999))
                .extracting(Interaction::eventId)
                .doesNotContain("t500")
                .doesNotHaveDuplicates();
    }

    @Test
    void everyKindOfBadEvent_isToldByIndexPointerAndCode_besideAGoodOne() throws Exception {
        Instant now = Instant.now(CLOCK);
        String items = "\"items\":[{\"id\":\"a\"}]";
        String many =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                        .collect(Collectors.joining(","));
        HttpResponse<String> response =
                gateway.post(
                        "/v1/events",
                        batch(
                                List.of(
                                        view("kinds", items),
                                        view("kinds", items).replace("shop", "nowhere"),
                                        view("kinds", items).replace("view", "look"),
                                        view("", items),
                                        view("kinds", "\"items\":[]"),
                                        view("kinds", "\"items\":[{\"id\":\"a\",\"position\":0}]"),
                                        view(
                                                "kinds",
                                                "\"items\":[{\"id\":\"a\",\"quantity\":NaN}]"),
                                        view("kinds", items + at(now.plus(Duration.ofDays(365)))),
                                        view("kinds", items + at(now.minus(Duration.ofDays(365)))),
                                        view("ki\\u0007nds", items),
                                        view("kinds", "\"items\":[" + many + "]"),
                                        view("kinds", items + ",\"x\":" + nested(9_000)),
                                        "7")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualToIgnoringNewLines(
                        """
                        {"accepted":1,"rejected":12,"errors":[
                        {"index":1,"eventId":null,"code":"CATALOG_NOT_FOUND","pointer":"/events/1/catalog","message":"catalogue 'nowhere' does not exist"},
                        {"index":2,"eventId":null,"code":"EVENT_TYPE_UNKNOWN","pointer":"/events/2/type","message":"unknown type; known are search, impression, click, view, cart-add, cart-remove, purchase"},
                        {"index":3,"eventId":null,"code":"EVENT_FIELD_MISSING","pointer":"/events/3/visitorId","message":"required"},
                        {"index":4,"eventId":null,"code":"EVENT_FIELD_MISSING","pointer":"/events/4/items","message":"required for view"},
                        {"index":5,"eventId":null,"code":"EVENT_FIELD_INVALID","pointer":"/events/5/items/0/position","message":"expected a whole number from 1"},
                        {"index":6,"eventId":null,"code":"EVENT_FIELD_INVALID","pointer":"/events/6/items/0/quantity","message":"expected a number over 0"},
                        {"index":7,"eventId":null,"code":"EVENT_TIME_AHEAD","pointer":"/events/7/eventTime","message":"more than an hour in the future"},
                        {"index":8,"eventId":null,"code":"EVENT_TIME_EXPIRED","pointer":"/events/8/eventTime","message":"more than 90 days ago"},
                        {"index":9,"eventId":null,"code":"EVENT_FIELD_INVALID","pointer":"/events/9/visitorId","message":"holds a control character or half a character"},
                        {"index":10,"eventId":null,"code":"EVENT_TOO_LARGE","pointer":"/events/10/items","message":"10000 items; an event has at most 2000"},
                        {"index":11,"eventId":null,"code":"EVENT_MALFORMED","pointer":"/events/11","message":"nested more than 16 levels deep"},
                        {"index":12,"eventId":null,"code":"EVENT_MALFORMED","pointer":"/events/12","message":"expected an object"}]}
                        """);
        assertThat(await(e -> e.visitorId().equals("kinds"))).hasSize(1);
    }

    @Test
    void aBatchWithoutAGoodEvent_isAProblem() throws Exception {
        var problem =
                assertProblem(
                        gateway.post("/v1/events", "{\"events\":[{},{\"catalog\":\"shop\"}]}"),
                        422,
                        "EVENTS_REJECTED");
        assertThat(problem.get("detail").stringValue()).isEqualTo("none of 2 events can be used");
        assertThat(problem.get("errors").toString())
                .isEqualTo(
                        "[{\"pointer\":\"/events/0/catalog\",\"message\":\"EVENT_FIELD_MISSING:"
                                + " required\"},{\"pointer\":\"/events/1/type\","
                                + "\"message\":\"EVENT_FIELD_MISSING: required\"}]");
    }

    @Test
    void aBodyThatIsNoBatch_isAProblem() throws Exception {
        assertProblem(gateway.send("POST", "/v1/events", ""), 400, "MALFORMED_JSON");
        assertThat(
                        assertProblem(
                                        gateway.post("/v1/events", "{\"events\": ["),
                                        400,
                                        "MALFORMED_JSON")
                                .get("detail")
                                .stringValue())
                .startsWith("Unexpected end-of-input");
        for (String body :
                List.of(
                        "{}",
                        "[]",
                        "7",
                        "{\"events\":{}}",
                        "{\"events\":[]}",
                        batch(Collections.nCopies(1_001, "{}")))) {
            var problem = assertProblem(gateway.post("/v1/events", body), 422, "INVALID_REQUEST");
            assertThat(problem.get("errors").toString())
                    .isEqualTo(
                            "[{\"pointer\":\"/events\",\"message\":\"expected a list of 1 to 1000"
                                    + " events\"}]");
        }
        assertThat(
                        assertProblem(
                                        gateway.post("/v1/events", " ".repeat(1_100_000) + "{}"),
                                        413,
                                        "PAYLOAD_TOO_LARGE")
                                .get("detail")
                                .stringValue())
                .isEqualTo("a body has at most 1048576 bytes");
        assertThat(
                        assertProblem(
                                        gateway.post(
                                                "/v1/events",
                                                "{\"events\":[" + nested(20_000) + "]}"),
                                        400,
                                        "MALFORMED_JSON")
                                .get("detail")
                                .stringValue())
                .contains("nesting depth (10001) exceeds the maximum allowed (10000");
    }

    @Test
    void repetition_hasTheSameIds_withAndWithoutIdAndTime() throws Exception {
        Instant time = Instant.now(CLOCK).minusSeconds(5);
        String events =
                batch(
                        List.of(
                                view("again", "\"eventId\":\"again-1\",\"items\":[{\"id\":\"a\"}]"),
                                view("again", "\"items\":[{\"id\":\"a\"}]" + at(time))));
        for (int i = 0; i < 2; i++) {
            assertThat(gateway.post("/v1/events", events).statusCode()).isEqualTo(200);
        }
        assertThat(
                        await(e -> e.visitorId().equals("again"), 4).stream()
                                .map(Interaction::eventId)
                                .distinct())
                .hasSize(2);

        String twice = view("twins", "\"items\":[{\"id\":\"a\"}]");
        assertThat(gateway.post("/v1/events", batch(List.of(twice, twice))).statusCode())
                .isEqualTo(200);
        assertThat(await(e -> e.visitorId().equals("twins"), 2))
                .as("two views without a time are two")
                .extracting(Interaction::eventId)
                .doesNotHaveDuplicates();
    }

    /** A beacon may only say text; curl calls every body a form unless told otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/x-www-form-urlencoded"})
    void aBatchUnderAnotherLabel_isRead(String label) throws Exception {
        HttpResponse<String> response =
                gateway.http.send(
                        HttpRequest.newBuilder(gateway.uri("/v1/events"))
                                .header("Content-Type", label)
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                batch(
                                                        List.of(
                                                                view(
                                                                        "beacon",
                                                                        "\"items\":[{\"id\":\"50% & a=b+c\"}]")))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).get("accepted").intValue()).isEqualTo(1);
    }

    @Test
    void aServedSearch_isWrittenAsSearchAndImpression() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, ANSWER);
        assertThat(
                        gateway.post(
                                        SEARCH,
                                        "{\"q\":\"red\\tshoe\",\"userToken\":\"u7\",\"sessionId\":\"s7\"}")
                                .body())
                .isEqualTo(ANSWER);
        List<Interaction> events = await(e -> e.visitorId().equals("u7"), 2);
        Interaction search = events.get(0);
        Interaction impression = events.get(1);
        assertThat(search.type()).isEqualTo(InteractionType.SEARCH);
        assertThat(search.query()).isEqualTo("red shoe");
        assertThat(search.items()).isEmpty();
        assertThat(impression.type()).isEqualTo(InteractionType.IMPRESSION);
        assertThat(impression.items())
                .containsExactly(
                        new InteractionItem("a", 1, null, null),
                        new InteractionItem("b", 2, null, null));
        for (Interaction event : events) {
            assertThat(event.queryId()).isEqualTo("0123456789abcdef0123456789abcdef");
            assertThat(event.sessionId()).isEqualTo("s7");
            assertThat(event.listId()).isEqualTo("search");
        }
    }

    @Test
    void furtherPagesAndBrowsing_areImpressionsOnly() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, ANSWER.replace("012345", "page02"));
        gateway.post(SEARCH, "{\"q\":\"shoe\",\"offset\":20,\"sessionId\":\"pages\"}");
        gateway.post(SEARCH, "{\"sessionId\":\"pages\",\"offset\":0}");
        List<Interaction> events = await(e -> e.visitorId().equals("pages"), 2);
        assertThat(events).extracting(Interaction::type).containsOnly(InteractionType.IMPRESSION);
        assertThat(events.get(0).items().getFirst().position()).isEqualTo(21);
        assertThat(events.get(1).listId()).isEqualTo("browse");
        assertThat(events.get(1).query()).isNull();
    }

    /** GET, multi-search and similar, by someone who did not say who he is. */
    @Test
    void otherServedAnswers_ofAnonymousVisitors_areNotedToo() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, ANSWER.replace("012345", "getget"));
        assertThat(gateway.get(SEARCH + "?q=x&userToken=getter").statusCode()).isEqualTo(200);
        await(e -> e.visitorId().equals("getter"), 2);
        gateway.post("/v1/multi-search", "{\"searches\":[{\"catalog\":\"shop\",\"q\":\"x\"}]}");
        assertThat(
                        await(
                                e ->
                                        e.visitorId()
                                                .equals(
                                                        "anonymous-getget6789abcdefgetget6789abcdef"),
                                2))
                .hasSize(2);
        gateway.recommender.on(
                "POST /v1/catalogs/shop/products/42/similar",
                200,
                "{\"items\":[{\"id\":\"9\",\"score\":0.9}],\"method\":\"m\",\"reason\":\"r\"}");
        gateway.index.on(
                "POST /internal/v1/catalogs/shop/products:lookup",
                200,
                "{\"products\":[{\"id\":\"9\",\"version\":1,\"fields\":{}}],\"generation\":3}");
        String recommendation =
                json(gateway.post("/v1/catalogs/shop/products/42/similar", "{}"))
                        .get("recommendationId")
                        .stringValue();
        Interaction shown = await(e -> recommendation.equals(e.recommendationId())).getFirst();
        assertThat(shown.listId()).isEqualTo("similar");
        assertThat(shown.items()).containsExactly(new InteractionItem("9", 1, null, null));
    }

    @Test
    void analyticsFalse_countsWithoutHits_andRefusedSearches_areNotNoted() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, ANSWER.replace("012345", "silent"));
        gateway.post(SEARCH, "{\"q\":\"x\",\"userToken\":\"silent\",\"analytics\":false}");
        gateway.post(SEARCH, "{\"q\":\"x\",\"userToken\":\"silent\",\"limit\":0}");
        gateway.retrieval.on("POST " + SEARCH, 422, "{\"code\":\"INVALID_REQUEST\"}");
        gateway.post(SEARCH, "{\"q\":7,\"userToken\":\"silent\"}");
        gateway.retrieval.on("POST " + SEARCH, 200, ANSWER.replace("012345", "silent"));
        gateway.post(SEARCH, "{\"q\":\"last\",\"userToken\":\"silent\"}");
        assertThat(await(e -> e.visitorId().equals("silent"), 2))
                .extracting(Interaction::query)
                .containsOnly("last");
    }

    private static List<Interaction> await(Predicate<Interaction> wanted) {
        return await(wanted, 1);
    }

    private static List<Interaction> await(Predicate<Interaction> wanted, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Interaction> found = log.stream().filter(wanted).toList();
        while (found.size() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            found = log.stream().filter(wanted).toList();
        }
        assertThat(found).hasSize(count);
        return found;
    }

    private static String view(String visitor, String rest) {
        return "{\"catalog\":\"shop\",\"type\":\"view\",\"visitorId\":\""
                + visitor
                + "\","
                + rest
                + "}";
    }

    private static String at(Instant time) {
        return ",\"eventTime\":\"" + time + "\"";
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String batch(List<String> events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }
}
