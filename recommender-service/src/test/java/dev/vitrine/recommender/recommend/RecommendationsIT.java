package dev.vitrine.recommender.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.Recommended;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherTrainer;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnParameters;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnTrainer;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.StateTopicReader;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Events through a real broker into the service, recommendations out of it over HTTP. The shop has
 * 300 products in 6 categories; its visitors mostly stay within one, so there is something to
 * learn.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommendationsIT {
    private static final String BOOTSTRAP = TestPlatform.kafkaBootstrapServers();
    private static final CatalogRef GIFTS = new CatalogRef("default", "gifts");
    private static final String PATH = "/v1/catalogs/gifts/recommendations/";
    private static final int PRODUCTS = 300;
    private static final int CATEGORIES = 6;
    private static final int OCCASIONS = 1_500;
    private static final int CASES = 1_000;

    /** The log takes no older events than it keeps, and none of tomorrow. */
    private final Instant start =
            Clock.systemUTC().instant().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MINUTES);

    private static final CatalogSchema SCHEMA =
            WireJson.mapper()
                    .readValue(
                            """
                            {"fields":[
                             {"name":"title","type":"text","weight":3,"role":"title"},
                             {"name":"kind","type":"keyword","filterable":true,"role":"category"},
                             {"name":"stock","type":"number","role":"stock"}]}
                            """,
                            CatalogSchema.class);

    private final Random random = new Random(42);
    private final List<Occasion> baskets = new ArrayList<>();
    private final List<Occasion> visits = new ArrayList<>();
    private EventPublisher publisher;
    private RunningRecommender service;

    @BeforeAll
    void start() throws Exception {
        publisher = RunningRecommender.publisher();
        for (String catalog : List.of("gifts", "empty", "quiet")) {
            CatalogRef ref = new CatalogRef("default", catalog);
            send(
                    Topics.SCHEMAS,
                    0,
                    ref.key(),
                    WireJson.write(new CatalogChanged("default", catalog, 1, false, SCHEMA)));
        }
        for (int i = 0; i < PRODUCTS; i++) {
            product(GIFTS, item(i), i % CATEGORIES, 1);
        }
        product(GIFTS, "sold-out", 0, 0);
        product(GIFTS, "unseen", 1, 1);
        vector("unseen", 1, 0);
        vector(item(7), 0.9f, 0.1f);
        product(new CatalogRef("default", "quiet"), "only", 0, 1);
        product(new CatalogRef("default", "quiet"), "other", 0, 1);
        sendEvents();
        service = new RunningRecommender();
    }

    @AfterAll
    void stop() {
        service.close();
        publisher.close();
    }

    @Test
    void boughtTogether_thousandCases_areTheEvaluationsLists() throws Exception {
        ItemRanker model =
                new BoughtTogetherTrainer(BoughtTogetherParameters.DEFAULT).train(baskets);
        int compared = 0;
        for (int i = 0; i < CASES; i++) {
            List<String> context = new ArrayList<>(baskets.get(i).items());
            context.removeLast();
            List<String> expected = ids(model.rank(context, 20, id -> !context.contains(id)));
            JsonNode answer = ask("bought-together", Map.of("basket", context, "limit", 20));
            List<String> answered = ids(answer, "bought-together");
            assertThat(answered).as("case %d", i).isEqualTo(expected);
            assertThat(answer.get("items")).hasSize(20);
            compared += expected.size();
        }
        assertThat(compared).isGreaterThan(5 * CASES);
    }

    @Test
    void nextInSession_thousandCases_areTheEvaluationsLists() throws Exception {
        ItemRanker model = new SessionKnnTrainer(SessionKnnParameters.DEFAULT).train(visits);
        int compared = 0;
        for (int i = 0; i < CASES; i++) {
            List<String> session =
                    visits.get(i).items().subList(0, visits.get(i).items().size() - 1);
            List<String> expected = ids(model.rank(session, 20, id -> !session.contains(id)));
            JsonNode answer = ask("next-in-session", Map.of("session", session, "limit", 20));
            assertThat(ids(answer, "session-neighbours")).as("case %d", i).isEqualTo(expected);
            compared += expected.size();
        }
        assertThat(compared).isGreaterThan(5 * CASES);
    }

    @Test
    void restart_sameEvents_countOnceAndLettersAreNotSentAgain() throws Exception {
        Map<String, Object> request = Map.of("basket", List.of(item(1), item(7)), "limit", 20);
        JsonNode before = ask("bought-together", request).get("items");
        assertThat(letters()).hasSize(2);
        service.close();
        service = new RunningRecommender();
        assertThat(ask("bought-together", request).get("items")).isEqualTo(before);
        assertThat(gauge("recommender.interaction.repeated")).isEqualTo(OCCASIONS);
        assertThat(letters()).hasSize(2).allMatch(reason -> !reason.isBlank());
    }

    @Test
    void sessionId_eventsSent_isTheSession() throws Exception {
        Occasion visit = visits.get(5);
        JsonNode bySession = ask("next-in-session", Map.of("sessionId", visit.id()));
        JsonNode byVisitor =
                ask("next-in-session", Map.of("visitorId", "visitor of " + visit.id()));
        JsonNode byItems = ask("next-in-session", Map.of("session", visit.items()));
        assertThat(bySession.get("items")).isEqualTo(byItems.get("items"));
        assertThat(byVisitor.get("items")).isEqualTo(byItems.get("items"));
        assertThat(bySession.get("step").stringValue()).isEqualTo("session-neighbours");
        assertThat(bySession.toString())
                .doesNotContain("\"id\":\"" + visit.items().getFirst() + '"');
    }

    @Test
    void unknownProductAndVisitor_fallBackAndSaySo() throws Exception {
        JsonNode unknown = ask("bought-together", Map.of("products", List.of("never", "nowhere")));
        assertThat(unknown.get("items")).hasSize(12);
        assertThat(unknown.get("step").stringValue()).isEqualTo("popular");
        assertThat(unknown.get("reason").stringValue())
                .startsWith("2 products asked about are not in the catalogue. Nothing is known of");
        JsonNode stranger = ask("next-in-session", Map.of("visitorId", "stranger", "limit", 100));
        assertThat(stranger.get("items")).hasSize(100);

        JsonNode unseen = ask("bought-together", Map.of("products", List.of("unseen"), "limit", 3));
        assertThat(unseen.get("step").stringValue()).isEqualTo("similar");
        assertThat(unseen.get("items").get(0).get("id").stringValue()).isEqualTo(item(7));
        assertThat(unseen.get("items").get(0).get("reason").stringValue())
                .isEqualTo("Described like Gift unseen");
        assertThat(unseen.get("items").get(1).get("step").stringValue()).isEqualTo("popular");
        assertThat(unseen.get("items").get(1).get("reason").stringValue())
                .isEqualTo("Wanted in kind 1");
    }

    @Test
    void everyScenario_noContextAtAll_answers() throws Exception {
        for (String scenario :
                List.of("similar", "bought-together", "next-in-session", "trending")) {
            JsonNode answer = ask(scenario, Map.of());
            assertThat(answer.get("items")).as(scenario).hasSize(12);
            assertThat(answer.get("items"))
                    .allSatisfy(item -> {
                        assertThat(item.get("step").stringValue()).isNotBlank();
                        assertThat(item.get("reason").stringValue()).isNotBlank();
                    });
        }
    }

    @Test
    void noEvents_catalogueItself_answers() throws Exception {
        JsonNode answer = post("/v1/catalogs/quiet/recommendations/trending", Map.of(), 200);
        assertThat(answer.get("items")).hasSize(2);
        assertThat(answer.get("step").stringValue()).isEqualTo("catalog");
        JsonNode rest =
                post(
                        "/v1/catalogs/quiet/recommendations/bought-together",
                        Map.of("products", List.of("only")),
                        200);
        assertThat(ids(rest, "catalog")).containsExactly("other");
        JsonNode empty = post("/v1/catalogs/empty/recommendations/trending", Map.of(), 200);
        assertThat(empty.get("items")).isEmpty();
        assertThat(empty.get("step").stringValue()).isEqualTo("none");
    }

    @Test
    void offered_neverHiddenSoldOutOrFilteredOut() throws Exception {
        JsonNode answer =
                ask(
                        "next-in-session",
                        Map.of(
                                "session",
                                List.of(item(1), item(7)),
                                "exclude",
                                List.of(item(13), "sold-out"),
                                "filter",
                                "kind = \"kind 1\"",
                                "limit",
                                100));
        List<String> expected =
                Stream.concat(
                                IntStream.range(0, PRODUCTS)
                                        .filter(i -> i % CATEGORIES == 1)
                                        .mapToObj(RecommendationsIT::item),
                                Stream.of("unseen"))
                        .filter(id -> !List.of(item(1), item(7), item(13)).contains(id))
                        .toList();
        assertThat(answer.get("items").valueStream().map(item -> item.get("id").stringValue()))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ask("trending", Map.of("limit", 100)).toString()).doesNotContain("sold-out");
    }

    @Test
    void tenThousandItems_lastOnesCountAndTheReasonSaysSo() throws Exception {
        List<String> session = IntStream.range(0, 10_000).mapToObj(i -> item(i % 10)).toList();
        JsonNode answer = ask("next-in-session", Map.of("session", session));
        assertThat(answer.get("reason").stringValue()).startsWith("Only the last 100 items count.");
        assertThat(answer.get("items"))
                .isEqualTo(
                        ask("next-in-session", Map.of("session", session.subList(9_900, 10_000)))
                                .get("items"));
    }

    @Test
    void badRequests_areProblems() throws Exception {
        JsonNode unknown = post(PATH + "for-me", Map.of(), 404);
        assertThat(unknown.get("code").stringValue()).isEqualTo("NOT_FOUND");
        assertThat(unknown.get("detail").stringValue())
                .isEqualTo(
                        "there is no scenario 'for-me'; there are: similar, bought-together,"
                                + " next-in-session, trending");
        post(PATH + "trending", Map.of("limit", 0), 422);
        post(PATH + "trending", Map.of("filter", "colour = 1"), 422);
        post(PATH + "trending", Map.of("products", 5), 422);
        assertThat(
                        post(PATH + "trending", Map.of("products", Arrays.asList("a", null)), 422)
                                .toString())
                .contains("a list must not contain null");
        post("/v1/catalogs/no/recommendations/trending", Map.of(), 404);
        List<String> many = IntStream.range(0, 1_001).mapToObj(String::valueOf).toList();
        assertThat(
                        post(PATH + "trending", Map.of("exclude", many), 422)
                                .get("errors")
                                .get(0)
                                .get("pointer")
                                .stringValue())
                .isEqualTo("/exclude");
    }

    @Test
    void deadlineOver_isATimeout() throws Exception {
        HttpResponse<String> answer =
                service.send(
                        service.request(PATH + "trending")
                                .header(InternalHeaders.DEADLINE_MILLIS, "0")
                                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"TIMEOUT\"");
    }

    /** Every event twice, two unusable records among them, and one without consent. */
    private void sendEvents() {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < OCCASIONS; i++) {
            Occasion basket = occasion("basket-" + i, i, 3 + random.nextInt(3));
            baskets.add(basket);
            Interaction purchase = event(basket.id(), InteractionType.PURCHASE, null, basket, true);
            sent.add(send(purchase));
            sent.add(send(purchase));
            Occasion visit = occasion("visit-" + i, i, 3 + random.nextInt(4));
            visits.add(visit);
            for (int step = 0; step < visit.items().size(); step++) {
                Occasion view =
                        new Occasion(
                                visit.id() + "-" + step,
                                visit.time().minusSeconds(visit.items().size() - 1L - step),
                                List.of(visit.items().get(step)));
                sent.add(send(event(view.id(), InteractionType.VIEW, visit.id(), view, null)));
            }
        }
        Occasion secret = occasion("secret", OCCASIONS, 4);
        sent.add(send(event("secret", InteractionType.PURCHASE, null, secret, false)));
        for (String broken : List.of("{broken", "{\"tenant\":\"default\"}")) {
            sent.add(
                    publisher.publish(
                            Topics.INTERACTIONS,
                            3,
                            "default/v",
                            EventHeaders.TYPE_INTERACTION,
                            EventHeaders.JSON,
                            broken.getBytes(StandardCharsets.UTF_8),
                            Map.of()));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    /** Distinct items of one category, mostly. */
    private Occasion occasion(String id, int minute, int size) {
        int category = random.nextInt(CATEGORIES);
        List<String> items =
                Stream.generate(() ->
                                random.nextInt(8) == 0
                                        ? random.nextInt(PRODUCTS)
                                        : category
                                                + CATEGORIES
                                                        * (int)
                                                                (random.nextDouble()
                                                                        * random.nextDouble()
                                                                        * PRODUCTS
                                                                        / CATEGORIES))
                        .map(RecommendationsIT::item)
                        .distinct()
                        .limit(size)
                        .toList();
        return new Occasion(id, start.plus(Duration.ofMinutes(minute)), items);
    }

    private static Interaction event(
            String id,
            InteractionType type,
            @Nullable String session,
            Occasion occasion,
            @Nullable Boolean consent) {
        return new Interaction(
                "default",
                "gifts",
                id,
                occasion.time(),
                type,
                "visitor of " + (session == null ? id : session),
                null,
                session,
                null,
                null,
                null,
                occasion.items().stream()
                        .map(item -> new InteractionItem(item, null, null, null))
                        .toList(),
                null,
                null,
                consent);
    }

    private static List<String> ids(List<Recommended> ranked) {
        return ranked.stream().map(Recommended::id).toList();
    }

    private static List<String> ids(JsonNode answer, String step) {
        return answer.get("items")
                .valueStream()
                .filter(item -> item.get("step").stringValue().equals(step))
                .map(item -> item.get("id").stringValue())
                .toList();
    }

    private static String item(int number) {
        return "p" + number;
    }

    private void product(CatalogRef catalog, String id, int category, int stock) {
        ProductKey key = new ProductKey(catalog, id);
        ProductChanged product =
                new ProductChanged(
                        "default",
                        catalog.catalog(),
                        id,
                        1,
                        1,
                        Map.of("title", "Gift " + id, "kind", "kind " + category, "stock", stock),
                        "Gift " + id,
                        "hash of " + id,
                        "t");
        send(Topics.PRODUCTS, ProductPartitions.of(key), key.key(), WireJson.write(product));
    }

    private void vector(String id, float... vector) {
        ProductKey key = new ProductKey(GIFTS, id);
        publisher
                .publish(
                        Topics.EMBEDDINGS,
                        ProductPartitions.of(key),
                        key.key(),
                        "test",
                        EventHeaders.FLOAT32,
                        VectorBytes.encode(vector),
                        Map.of(
                                EventHeaders.MODEL,
                                "m",
                                EventHeaders.TEXT_HASH,
                                "hash of " + id,
                                EventHeaders.PRODUCT_VERSION,
                                "1"))
                .join();
    }

    private void send(String topic, int partition, String key, byte[] value) {
        publisher.publish(topic, partition, key, "test", EventHeaders.JSON, value, Map.of()).join();
    }

    private CompletableFuture<?> send(Interaction event) {
        return publisher.publish(
                Topics.INTERACTIONS,
                null,
                event.key(),
                EventHeaders.TYPE_INTERACTION,
                EventHeaders.JSON,
                WireJson.write(event),
                Map.of());
    }

    private static List<String> letters() throws InterruptedException {
        List<String> reasons = new CopyOnWriteArrayList<>();
        try (StateTopicReader reader =
                new StateTopicReader(
                        "letters",
                        KafkaConnection.to(BOOTSTRAP),
                        List.of(new TopicPartition(Topics.deadLetters(Topics.INTERACTIONS), 0)),
                        Map.of(),
                        batch ->
                                batch.forEach(letter ->
                                        reasons.add(
                                                String.valueOf(
                                                        EventPublisher.header(
                                                                letter, DeadLetters.REASON)))))) {
            reader.start();
            assertThat(reader.awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
        }
        return reasons;
    }

    private double gauge(String name) throws Exception {
        return WireJson.mapper()
                .readTree(service.get("/actuator/metrics/" + name).body())
                .get("measurements")
                .get(0)
                .get("value")
                .doubleValue();
    }

    private JsonNode ask(String scenario, Map<String, Object> request) throws Exception {
        return post(PATH + scenario, request, 200);
    }

    private JsonNode post(String path, Map<String, Object> request, int status) throws Exception {
        HttpResponse<String> answer =
                service.post(path, WireJson.mapper().writeValueAsString(request));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return WireJson.mapper().readTree(answer.body());
    }
}
