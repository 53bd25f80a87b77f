package dev.vitrine.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.standalone.source.ProductBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The launcher's side of a replacing import, against a server that answers what it is told. */
class ProductReplaceTest {
    private static final Duration STALLED = Duration.ofSeconds(20);
    private static final String RUNNING = "{\"id\":\"t\",\"state\":\"running\",\"done\":1}";

    /** What the server says to one request: a status and a body. */
    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();
    private final HttpServer server = create();
    private VitrineClient client = new VitrineClient(URI.create("http://localhost"));

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
        client = new VitrineClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        answers.add(new Answer(202, "{\"task\":\"t\"}"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void run_csvInBatches_isOneBodyWithOneHeader_andTheTaskIsFollowed() throws ApiException {
        answers.add(new Answer(200, RUNNING));
        answers.add(new Answer(503, ""));
        answers.add(
                new Answer(
                        200,
                        """
                        {"id":"t","state":"succeeded","done":3,"finishedAt":"2026-01-01T00:00:00Z",
                         "report":{"accepted":2,"rejected":1,"deleted":7,"rejections":[
                          {"line":4,"id":"c","code":"BAD","pointer":"/price","message":"no number"}]}}
                        """));
        ProductReplace replace = new ProductReplace(client, "shop");
        List<Long> sent = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        replace.run(
                List.of(csv("a,1\nb,2\n", 2), csv("c,x\n", 1)).iterator(),
                sent::add,
                done::add,
                STALLED);
        assertThat(received)
                .containsExactly(
                        "POST /v1/catalogs/shop/products:import?mode=replace&async=true"
                                + " id,\"a\nname\"\na,1\nb,2\nc,x\n",
                        "GET /v1/tasks/t ",
                        "GET /v1/tasks/t ",
                        "GET /v1/tasks/t ");
        assertThat(sent).containsExactly(2L, 3L);
        assertThat(done).containsExactly(1L, 3L);
        assertThat(replace.accepted()).isEqualTo(2);
        assertThat(replace.rejected()).isEqualTo(1);
        assertThat(replace.deleted()).isEqualTo(7);
        assertThat(replace.rejections()).containsExactly("line 4, id c: BAD /price no number");
    }

    @Test
    void run_nothingDeletedForAReason_fails() {
        answers.add(
                new Answer(
                        200,
                        """
                        {"id":"t","state":"failed","done":1,"finishedAt":"2026-01-01T00:00:00Z",
                         "error":{"code":"TOO_MANY_REJECTED","message":"1 of 1 lines were refused"},
                         "report":{"accepted":0,"rejected":1,"deleted":0,"rejections":[]}}
                        """));
        ProductReplace replace = new ProductReplace(client, "shop");
        assertThatThrownBy(() ->
                        replace.run(
                                List.of(csv("a,1\n", 1)).iterator(),
                                lines -> {},
                                lines -> {},
                                STALLED))
                .isInstanceOf(ApiException.class)
                .hasMessage("TOO_MANY_REJECTED: 1 of 1 lines were refused; nothing was deleted");
        assertThat(replace.rejected()).isEqualTo(1);
    }

    @Test
    void run_taskThatDoesNotMove_isGivenUp() {
        for (int i = 0; i < 50; i++) {
            answers.add(new Answer(200, RUNNING));
        }
        ProductReplace replace = new ProductReplace(client, "shop");
        assertThatThrownBy(() ->
                        replace.run(
                                List.of(csv("a,1\n", 1)).iterator(),
                                lines -> {},
                                lines -> {},
                                Duration.ofMillis(1)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("did not get further");
    }

    private static ProductBatch csv(String rows, int products) {
        return new ProductBatch(
                1,
                products,
                "text/csv",
                ("id,\"a\nname\"\n" + rows).getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(
                    exchange.getRequestMethod()
                            + " "
                            + exchange.getRequestURI()
                            + " "
                            + new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            Answer answer = answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
