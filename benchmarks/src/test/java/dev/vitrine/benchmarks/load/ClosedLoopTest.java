package dev.vitrine.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final String LONG = "ü".repeat(100_000);

    private final HttpServer server;
    private URI address = URI.create("http://127.0.0.1");

    ClosedLoopTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", exchange -> answer(exchange, 200, false));
        server.createContext("/chunked", exchange -> answer(exchange, 200, true));
        server.createContext("/refused", exchange -> answer(exchange, 400, false));
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, boolean chunked)
            throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void readsBodiesOfBothForms() throws IOException {
        try (HttpConnection connection = new HttpConnection(address)) {
            for (String path : List.of("/echo", "/chunked", "/echo")) {
                for (String text : List.of("short", LONG)) {
                    HttpAnswer answer = connection.send(HttpCall.json("POST", address, path, text));

                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.text()).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void countsGoodAnswersAndErrorsApart() throws InterruptedException {
        List<HttpCall> calls =
                List.of(
                        HttpCall.json("POST", address, "/echo", "{}"),
                        HttpCall.json("POST", address, "/refused", "{}"));
        AtomicInteger next = new AtomicInteger();

        Measurement measured =
                new ClosedLoop(2, Map.of("own", ProcessHandle.current().pid()))
                        .run(
                                address,
                                calls,
                                next,
                                answer -> answer.status() == 200,
                                Duration.ofMillis(500));

        assertThat(measured.nanos().length + measured.errors()).isEqualTo(next.get());
        assertThat(measured.errors()).isBetween(next.get() / 2L - 1, next.get() / 2L + 1);
        assertThat(measured.nanos()).isSorted().isNotEmpty();
        assertThat(measured.processSeconds()).containsOnlyKeys("own");
    }

    @Test
    void countsAServerThatIsNotThereAsErrors() throws InterruptedException {
        server.stop(0);

        Measurement measured =
                new ClosedLoop(1, Map.of())
                        .run(
                                address,
                                List.of(HttpCall.json("POST", address, "/echo", "{}")),
                                new AtomicInteger(),
                                answer -> true,
                                Duration.ofMillis(50));

        assertThat(measured.nanos()).isEmpty();
        assertThat(measured.errors()).isPositive();
    }

    @Test
    void takesPercentilesFromAllRounds() {
        Measurement a =
                new Measurement(new long[] {1_000_000, 3_000_000}, 1, 2, 0.5, Map.of("p", 1.0));
        Measurement b =
                new Measurement(new long[] {2_000_000, 4_000_000}, 2, 2, 0.5, Map.of("p", 3.0));

        Measurement sum = Measurement.sum(List.of(a, b));

        assertThat(sum.millis(0.5)).isEqualTo(2);
        assertThat(sum.millis(0.99)).isEqualTo(4);
        assertThat(sum.requestsPerSecond()).isEqualTo(1);
        assertThat(sum.errors()).isEqualTo(3);
        assertThat(sum.microsPerRequest()).containsEntry("p", 1_000_000.0);
        assertThat(sum.generatorShare()).isEqualTo(0.2);
    }
}
