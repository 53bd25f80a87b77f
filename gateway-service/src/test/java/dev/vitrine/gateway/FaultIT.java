package dev.vitrine.gateway;

import static dev.vitrine.gateway.ProblemAssert.assertProblem;
import static dev.vitrine.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Services that are not there at all, and breakers. */
class FaultIT {

    private static final String SEARCH = "/v1/catalogs/shop/search";

    private final RunningGateway gateway =
            new RunningGateway(
                    "--gateway.clients.retrieval.minimum-calls=4",
                    "--gateway.clients.retrieval.window=4",
                    "--gateway.clients.retrieval.open-for=200ms");

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void deadServices_everyEndpoint_is503WithRetryAfterOrPartial() throws Exception {
        gateway.index.close();
        gateway.retrieval.close();
        gateway.recommender.close();
        String product = "/v1/catalogs/shop/products/42";
        List<HttpResponse<String>> responses =
                List.of(
                        gateway.post(SEARCH, "{}"),
                        gateway.get(SEARCH),
                        gateway.get("/v1/catalogs"),
                        gateway.get("/v1/catalogs/shop"),
                        gateway.get(product),
                        gateway.send("PUT", product, "{}"),
                        gateway.send("PATCH", product, "{}"),
                        gateway.send("DELETE", product, ""),
                        gateway.send("PUT", product + "?wait=searchable", "{}"),
                        gateway.post("/v1/catalogs/shop/products:import", "{\"id\":\"1\"}\n"));
        for (HttpResponse<String> response : responses) {
            assertProblem(response, 503, "UNAVAILABLE");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        }
        JsonNode similar = json(gateway.post(product + "/similar", "{}"));
        assertThat(similar.get("items")).isEmpty();
        assertThat(similar.get("partial")).hasSize(2);
    }

    /** The gateway of this test has no Kafka: it starts, searches go on, events are told so. */
    @Test
    void kafkaAway_searchesGoOn_andEventsAre503() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, "{\"total\":0}");
        for (int i = 0; i < 50; i++) {
            assertThat(gateway.post(SEARCH, "{\"q\":\"x\"}").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> response =
                gateway.post(
                        "/v1/events",
                        "{\"events\":[{\"catalog\":\"shop\",\"type\":\"search\",\"visitorId\":\"v\"}]}");
        assertProblem(response, 503, "UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void breaker_opensAndCloses() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 500, "{}");
        for (int i = 0; i < 4; i++) {
            assertProblem(gateway.post(SEARCH, "{}"), 503, "UNAVAILABLE");
        }
        int before = gateway.retrieval.received().size();
        assertProblem(gateway.post(SEARCH, "{}"), 503, "UNAVAILABLE");
        assertThat(gateway.retrieval.received()).as("refused by the breaker").hasSize(before);

        gateway.retrieval.on("POST " + SEARCH, 200, "{\"total\":0}");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        HttpResponse<String> response = gateway.post(SEARCH, "{}");
        while (response.statusCode() != 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            response = gateway.post(SEARCH, "{}");
        }
        assertThat(json(response).get("total").intValue()).isZero();
    }

    /** Semantic searches while embedding is away must not take the lexical ones along. */
    @Test
    void retrievalThatLacksAnotherPart_isStillAsked() throws Exception {
        gateway.retrieval.on(
                "POST " + SEARCH,
                503,
                "{\"title\":\"t\",\"status\":503,\"code\":\"EMBEDDING_UNAVAILABLE\",\"errors\":[]}");
        for (int i = 0; i < 20; i++) {
            assertProblem(gateway.post(SEARCH, "{}"), 503, "EMBEDDING_UNAVAILABLE");
        }
        gateway.retrieval.on("POST " + SEARCH, 200, "{\"total\":0}");
        assertThat(gateway.post(SEARCH, "{}").statusCode()).isEqualTo(200);
    }

    /** A replica that restarts takes no connection; no request may fail because of it. */
    @Test
    void oneOfTwoReplicasGone_everyRequestIsAnsweredByTheOther() throws Exception {
        Backend second = new Backend();
        String instances = "--spring.cloud.discovery.client.simple.instances.";
        try (RunningGateway balanced =
                new RunningGateway(instances + "retrieval[1].uri=" + second.uri())) {
            second.close();
            balanced.retrieval.on("POST " + SEARCH, 200, "{\"total\":0}");
            for (int i = 0; i < 10; i++) {
                assertThat(balanced.post(SEARCH, "{}").statusCode()).isEqualTo(200);
            }
            assertThat(balanced.retrieval.received()).hasSize(10);
        }
    }

    /** What passes through has clients of its own. */
    @Test
    void oneOfTwoIndexesGone_routesAndImportsGoToTheOther() throws Exception {
        Backend second = new Backend();
        try (RunningGateway balanced =
                new RunningGateway(
                        "--spring.cloud.discovery.client.simple.instances.index[1].uri="
                                + second.uri())) {
            second.close();
            String product = "/v1/catalogs/shop/products/42";
            String imports = "/v1/catalogs/shop/products:import";
            balanced.index
                    .on("GET " + product, 200, "{}")
                    .on("PUT " + product, 200, "{}")
                    .on("POST " + imports, 200, "{\"summary\":{}}");
            for (int i = 0; i < 5; i++) {
                assertThat(balanced.get(product).statusCode()).isEqualTo(200);
                assertThat(balanced.send("PUT", product, "{\"a\":1}").statusCode()).isEqualTo(200);
                assertThat(balanced.post(imports, "{\"id\":\"1\"}\n").statusCode()).isEqualTo(200);
            }
            assertThat(balanced.index.received())
                    .extracting(Backend.Received::body)
                    .filteredOn(body -> !body.isEmpty())
                    .hasSize(10)
                    .containsOnly("{\"a\":1}", "{\"id\":\"1\"}\n");
        }
    }

    /** A server that only waits for its last requests says nothing but 503. */
    @Test
    void indexThatTurnsRequestsAway_is503WithRetryAfter() throws Exception {
        String product = "/v1/catalogs/shop/products/42";
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            gateway.index.on(
                    method + " " + product, exchange -> exchange.sendResponseHeaders(503, -1));
            for (String wait : List.of("", "?wait=searchable")) {
                HttpResponse<String> response = gateway.send(method, product + wait, "{}");
                assertProblem(response, 503, "UNAVAILABLE");
                assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            }
        }
    }

    /** A server that is killed may have begun its answer. */
    @Test
    void indexThatBreaksItsAnswerOff_is503WithRetryAfter() throws Exception {
        String product = "/v1/catalogs/shop/products/42";
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            gateway.index.on(method + " " + product, FaultIT::breakOff);
            assertBrokenOff(gateway.send(method, product, "{}"));
        }
        assertBrokenOff(gateway.send("PUT", product + "?wait=searchable", "{}"));
    }

    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void assertBrokenOff(HttpResponse<String> response) {
        assertProblem(response, 503, "UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    /** Told to end, a gateway with callers that keep connections has them closed first. */
    @Test
    void draining_answersAndClosesTheConnection() throws Exception {
        try (RunningGateway drained = new RunningGateway("--vitrine.drain=3s")) {
            drained.retrieval.on("POST " + SEARCH, 200, "{\"total\":0}");
            assertThat(drained.post(SEARCH, "{}").headers().firstValue("Connection")).isEmpty();
            Thread closing = Thread.ofVirtual().start(drained::close);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            HttpResponse<String> response = drained.post(SEARCH, "{}");
            while (response.headers().firstValue("Connection").isEmpty()
                    && System.nanoTime() < end) {
                response = drained.post(SEARCH, "{}");
            }
            assertThat(response.headers().firstValue("Connection")).hasValue("close");
            assertThat(response.statusCode()).isEqualTo(200);
            closing.join();
        }
    }

    /** Told to end, it takes no new request and answers those that it has. */
    @Test
    void closing_answersWhatIsUnderWay() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        gateway.retrieval.on(
                "POST " + SEARCH,
                exchange -> {
                    underWay.countDown();
                    byte[] body = "{\"total\":7}".getBytes(StandardCharsets.UTF_8);
                    try {
                        if (!goOn.await(30, TimeUnit.SECONDS)) {
                            return;
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                });
        CompletableFuture<HttpResponse<String>> search =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return gateway.post(SEARCH, "{\"timeoutMs\": 20000}");
                    } catch (IOException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                });
        assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
        Thread closing = Thread.ofVirtual().start(gateway::close);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (takesRequests() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(takesRequests()).isFalse();
        assertThat(search).isNotDone();
        goOn.countDown();

        HttpResponse<String> response = search.get(30, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("total").intValue()).isEqualTo(7);
        closing.join();
    }

    private boolean takesRequests() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
