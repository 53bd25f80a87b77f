package dev.vitrine.gateway;

import static dev.vitrine.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.servicekit.TopicProvisioner;
import dev.vitrine.servicekit.WireJson;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Aliases at the edge, with a real broker: real names behind it, swaps as a whole. */
class AliasIT {

    private static final String WRITTEN = "{\"id\":\"1\",\"version\":1,\"status\":\"created\"}";

    private static RunningGateway gateway;
    private static EventPublisher events;
    private static long version;

    @BeforeAll
    static void start() {
        events =
                new EventPublisher(
                        "/test",
                        KafkaConnection.to(TestPlatform.kafkaBootstrapServers()),
                        Duration.ofSeconds(20),
                        Clock.systemUTC());
        new TopicProvisioner(KafkaConnection.to(TestPlatform.kafkaBootstrapServers()), (short) 1)
                .ensure(Topics.all());
        publish("blue");
        gateway =
                new RunningGateway(
                        "--spring.kafka.bootstrap-servers=" + TestPlatform.kafkaBootstrapServers(),
                        "--gateway.alias.start-wait=60s",
                        "--gateway.alias.timeout=30s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        events.close();
    }

    @BeforeEach
    void reset() throws Exception {
        gateway.reset();
        swap("blue");
        gateway.index.reset();
    }

    @Test
    void everyEndpointOfACatalogue_takesAnAlias_andTheRealNameIsUsedBehindTheEdge()
            throws Exception {
        gateway.retrieval.on(
                "POST /v1/catalogs/blue/search", 200, "{\"queryId\":\"q\",\"hits\":[]}");
        gateway.index
                .on("PUT /v1/catalogs/blue/products/1", 201, WRITTEN)
                .on("GET /internal/v1/catalogs/blue/applied", 200, "{\"applied\":true}")
                .on("GET /v1/catalogs/blue/products/a%2Fb", 200, "{\"id\":\"a/b\"}")
                .on("GET /v1/catalogs/blue", 200, "{\"catalog\":\"blue\"}")
                .on(
                        "POST /v1/catalogs/blue/products:import",
                        200,
                        "{\"summary\":{\"accepted\":1}}\n");
        gateway.recommender.on(
                "POST /v1/catalogs/blue/products/1/similar",
                200,
                "{\"items\":[],\"method\":\"m\",\"reason\":\"r\"}");

        String shop = "/v1/catalogs/shop";
        assertThat(gateway.post(shop + "/search", "{}").statusCode()).isEqualTo(200);
        assertThat(gateway.get(shop + "/search?q=x").statusCode()).isEqualTo(200);
        assertThat(
                        json(gateway.post(
                                        "/v1/multi-search",
                                        "{\"searches\":[{\"catalog\":\"shop\"}]}"))
                                .at("/results/0/response/queryId")
                                .stringValue())
                .isEqualTo("q");
        assertThat(gateway.send("PUT", shop + "/products/1", "{}").statusCode()).isEqualTo(201);
        assertThat(gateway.send("PUT", shop + "/products/1?wait=searchable", "{}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.get(shop + "/products/a%2Fb").body()).isEqualTo("{\"id\":\"a/b\"}");
        assertThat(json(gateway.get(shop)).get("catalog").stringValue()).isEqualTo("blue");
        assertThat(gateway.post(shop + "/products:import?mode=upsert", "{\"id\":\"1\"}").body())
                .contains("accepted");
        gateway.post(shop + "/products/1/similar", "{}");
        assertThat(gateway.recommender.received()).isNotEmpty();
        for (Backend backend : List.of(gateway.index, gateway.retrieval, gateway.recommender)) {
            assertThat(backend.received()).allMatch(seen -> !seen.uri().contains("shop"));
        }
    }

    @Test
    void catalogueItself_isMadeAndDeletedUnderItsRealNameOnly() throws Exception {
        gateway.send("PUT", "/v1/catalogs/shop", "{\"fields\":[]}");
        gateway.send("DELETE", "/v1/catalogs/shop", "");
        assertThat(gateway.index.received())
                .extracting(Backend.Received::uri)
                .containsExactly("/v1/catalogs/shop", "/v1/catalogs/shop");
    }

    @Test
    void swap_eachRequestSeesOneOfTheTwo_andAfterTheAnswerTheNewOne() throws Exception {
        for (String name : List.of("blue", "green")) {
            gateway.retrieval.on(
                    "POST /v1/catalogs/" + name + "/search", 200, "{\"seen\":\"" + name + "\"}");
        }
        AtomicBoolean going = new AtomicBoolean(true);
        List<Callable<List<String>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(() -> {
                List<String> seen = new ArrayList<>();
                while (going.get()) {
                    HttpResponse<String> answer = gateway.post("/v1/catalogs/shop/search", "{}");
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    seen.add(json(answer).get("seen").stringValue());
                }
                return seen;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> running = readers.stream().map(threads::submit).toList();
            for (int round = 0; round < 10; round++) {
                String target = round % 2 == 0 ? "green" : "blue";
                swap(target);
                assertThat(
                                json(gateway.post("/v1/catalogs/shop/search", "{}"))
                                        .get("seen")
                                        .stringValue())
                        .isEqualTo(target);
            }
            going.set(false);
            for (Future<List<String>> reader : running) {
                assertThat(reader.get()).isNotEmpty().isSubsetOf("blue", "green");
            }
        }
    }

    @Test
    void deletedAlias_isNoNameAnyMore() throws Exception {
        gateway.index.on(
                "DELETE /v1/aliases/shop",
                exchange -> {
                    publish(null);
                    exchange.getResponseHeaders().set("ETag", "\"" + version + "\"");
                    exchange.sendResponseHeaders(204, -1);
                });
        assertThat(gateway.send("DELETE", "/v1/aliases/shop", "").statusCode()).isEqualTo(204);
        gateway.get("/v1/catalogs/shop/products/1");
        assertThat(gateway.index.received().getLast().uri())
                .isEqualTo("/v1/catalogs/shop/products/1");
    }

    /** As the writer does it: commits, publishes, answers with the name's version. */
    private static void swap(String target) throws Exception {
        gateway.index.on(
                "PUT /v1/aliases/shop",
                exchange -> {
                    publish(target);
                    exchange.getResponseHeaders().set("ETag", "\"" + version + "\"");
                    exchange.sendResponseHeaders(200, -1);
                });
        assertThat(
                        gateway.send("PUT", "/v1/aliases/shop", "{\"catalog\":\"" + target + "\"}")
                                .statusCode())
                .isEqualTo(200);
    }

    private static void publish(@Nullable String target) {
        version++;
        events.publish(
                        Topics.SCHEMAS,
                        0,
                        "default/shop",
                        EventHeaders.TYPE_CATALOG_CHANGED,
                        EventHeaders.JSON,
                        WireJson.write(
                                new CatalogChanged(
                                        "default",
                                        "shop",
                                        version,
                                        true,
                                        new CatalogSchema(List.of(), null),
                                        target,
                                        null)),
                        Map.of())
                .join();
    }
}
