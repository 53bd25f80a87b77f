package dev.vitrine.retrieval.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.retrieval.TestServer;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.DependencyProperties;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.ServiceHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryEmbedderTest {

    private static final float[] VECTOR = {0.6f, 0.8f};
    private static final Duration OPEN_FOR = Duration.ofSeconds(1);

    private final TestServer server = new TestServer();
    private final CloseableHttpClient http = HttpClients.createDefault();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Dependency dependency =
            new Dependency(
                    "embedding",
                    new DependencyProperties(8, 50, 4, 4, OPEN_FOR, Duration.ofSeconds(5)),
                    meters);
    private final QueryEmbedder embedder =
            new QueryEmbedder(
                    new InternalClient(ServiceHttp.at(http, server.uri()), dependency),
                    Caffeine.newBuilder().maximumSize(10).build(),
                    0.4);

    @AfterEach
    void close() throws IOException {
        dependency.close();
        http.close();
        server.close();
    }

    @Test
    void embed_sameTextTwice_asksOnce() {
        server.answer(200, embedding(VECTOR));
        assertThat(embed("usb hub").map(QueryVector::bytes)).hasValue(VectorBytes.encode(VECTOR));
        assertThat(embed("usb hub").map(QueryVector::model)).hasValue("mini");
        assertThat(server.received()).hasSize(1);
        assertThat(server.received().getFirst().path()).isEqualTo("/internal/v1/embeddings");
        assertThat(server.received().getFirst().body())
                .isEqualTo("{\"texts\":[\"usb hub\"],\"purpose\":\"query\"}");
        assertThat(server.received().getFirst().tenant()).isEqualTo("default");
    }

    @Test
    void embed_hangingServer_givesUpAfterItsShare() {
        server.hang();
        long start = System.nanoTime();
        assertThat(embed("usb hub", Duration.ofSeconds(1))).isEmpty();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        // 40 % of a second; the upper bound leaves room for a busy machine.
        assertThat(millis).isBetween(350L, 900L);
        int told = Integer.parseInt(server.received().getFirst().deadlineMillis());
        assertThat(told).isBetween(1, 400);
    }

    @Test
    void embed_failures_openTheBreakerAndRecoveryClosesIt() {
        server.answer(500, "{}");
        for (int i = 0; i < 4; i++) {
            assertThat(embed("q" + i)).isEmpty();
        }
        assertThat(server.received()).hasSize(4);
        assertThat(open()).isEqualTo(1);

        assertThat(embed("refused")).isEmpty();
        assertThat(server.received()).as("an open breaker lets nothing through").hasSize(4);

        server.answer(200, embedding(VECTOR));
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (embed("back").isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(OPEN_FOR.toNanos() / 20);
        }
        assertThat(embed("back again")).isPresent();
        assertThat(open()).isEqualTo(0);
    }

    @Test
    void embed_refusedText_isNoVectorAndNoFailure() {
        server.answer(422, "{\"title\":\"no\",\"status\":422,\"code\":\"NO\",\"errors\":[]}");
        for (int i = 0; i < 10; i++) {
            assertThat(embed("q" + i)).isEmpty();
        }
        assertThat(server.received()).hasSize(10);
        assertThat(open()).isEqualTo(0);
    }

    @Test
    void embed_wrongLength_isNoVector() {
        server.answer(
                200,
                "{\"model\":\"mini\",\"dimensions\":3,\"vectors\":[\"" + base64(VECTOR) + "\"]}");
        assertThat(embed("usb hub")).isEmpty();
    }

    private Optional<QueryVector> embed(String text) {
        return embed(text, Duration.ofSeconds(10));
    }

    private Optional<QueryVector> embed(String text, Duration time) {
        return embedder.embed(
                text, new RequestContext("default", Deadline.in(time, Clock.systemUTC())));
    }

    private double open() {
        return meters.get("vitrine.dependency.open").gauge().value();
    }

    private static String embedding(float[] vector) {
        return "{\"model\":\"mini\",\"dimensions\":"
                + vector.length
                + ",\"vectors\":[\""
                + base64(vector)
                + "\"]}";
    }

    private static String base64(float[] vector) {
        return Base64.getEncoder().encodeToString(VectorBytes.encode(vector));
    }
}
