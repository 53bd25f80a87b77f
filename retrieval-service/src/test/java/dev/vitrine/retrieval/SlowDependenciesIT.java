package dev.vitrine.retrieval;

import static dev.vitrine.retrieval.RunningRetrieval.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.FaultyProxy;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Embedding and index behind a network that is slow, silent or cut: deadlines hold, {@code partial}
 * names what was missing, breakers open and close again.
 */
class SlowDependenciesIT {

    private static final String CATALOG = "slow-shop";
    private static final String SCHEMA =
            "{\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"weight\":1,\"role\":\"title\"}]}";
    private static final String RESULT =
            """
            {"hits":[],"total":0,"totalRelation":"exact","facets":{},
             "cutoff":{"method":"fixed-logistic-1","threshold":0,"kept":0,"dropped":0},
             "statistics":{"terms":1,"textMatches":0,"bestBm25":0,"bestCosine":0,
              "semanticMatches":0},
             "generation":1,"tookMicros":1}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static final TestServer INDEX = new TestServer();
    private static final TestServer EMBEDDER = new TestServer();
    private static final FaultyProxy TO_INDEX = new FaultyProxy(INDEX.uri().getPort());
    private static final FaultyProxy TO_EMBEDDING = new FaultyProxy(EMBEDDER.uri().getPort());

    private static RunningRetrieval service;

    @BeforeAll
    static void start() throws Exception {
        service =
                new RunningRetrieval(
                        URI.create("http://127.0.0.1:" + TO_INDEX.port()),
                        URI.create("http://127.0.0.1:" + TO_EMBEDDING.port()),
                        "--retrieval.embedding.dependency.minimum-calls=4",
                        "--retrieval.embedding.dependency.window=4",
                        "--retrieval.embedding.dependency.open-for=200ms",
                        "--retrieval.index.dependency.minimum-calls=4",
                        "--retrieval.index.dependency.window=4",
                        "--retrieval.index.dependency.open-for=200ms");
        INDEX.answer(200, RESULT);
        EMBEDDER.answer(200, RunningRetrieval.EMBEDDING);
        service.publish(CATALOG, SCHEMA);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        TO_INDEX.close();
        TO_EMBEDDING.close();
        INDEX.close();
        EMBEDDER.close();
    }

    @BeforeEach
    void heal() throws Exception {
        TO_INDEX.heal();
        TO_EMBEDDING.heal();
        await("all is well", SlowDependenciesIT::searchIsWhole);
    }

    @Test
    void slowNetworkWithinTheDeadline_answersWhole() throws Exception {
        TO_EMBEDDING.delay(Duration.ofMillis(20));
        TO_INDEX.delay(Duration.ofMillis(20));
        HttpResponse<String> response = search(4_000);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial")).isEmpty();
    }

    @Test
    void silentEmbedding_partialNamesItAndTheBreakerOpensAndCloses() throws Exception {
        TO_EMBEDDING.hang();
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = search(1_000);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        }
        // Open, it costs no time and still names what is missing.
        await("the breaker is seen open", () -> searchAndLook("embedding", 1.0));
        TO_EMBEDDING.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
        await("the breaker is seen closed", () -> searchAndLook("embedding", 0.0));
    }

    @Test
    void cutEmbedding_answersByTextUntilItIsBack() throws Exception {
        TO_EMBEDDING.refuse();
        HttpResponse<String> response = search(2_000);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        TO_EMBEDDING.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
    }

    @Test
    void silentIndex_is503InTimeAndTheBreakerOpensAndCloses() throws Exception {
        TO_INDEX.hang();
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = search(800);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).get("code").stringValue()).isEqualTo("INDEX_UNAVAILABLE");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        }
        await("the breaker is seen open", () -> searchAndLook("index", 1.0));
        TO_INDEX.heal();
        await("searches are whole again", SlowDependenciesIT::searchIsWhole);
        await("the breaker is seen closed", () -> searchAndLook("index", 0.0));
    }

    private static boolean searchIsWhole() {
        try {
            HttpResponse<String> response = search(4_000);
            return response.statusCode() == 200 && json(response).get("partial").isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call moves a breaker that has waited long enough. */
    private static boolean searchAndLook(String dependency, double open) {
        try {
            assertThat(search(800).statusCode()).isIn(200, 503);
            return service.get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line ->
                            line.startsWith("vitrine_dependency_open")
                                    && line.contains("\"" + dependency + "\""))
                    .anyMatch(line -> line.endsWith(" " + open));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new AssertionError("did not happen: " + what);
    }

    private static HttpResponse<String> search(int timeoutMillis) throws Exception {
        return service.search(CATALOG, "{\"q\":\"hub\"}", timeoutMillis);
    }
}
