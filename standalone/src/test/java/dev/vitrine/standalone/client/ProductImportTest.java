package dev.vitrine.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.standalone.source.ProductBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The import's side of the wire, against a server that answers what it is told. */
class ProductImportTest {
    private static final String SUMMARY = "{\"summary\":{\"accepted\":0,\"rejected\":0}}\n";

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
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void run_goodAndBadLines_areCountedAndTheBadOnesNamedByTheirPlaceInTheFile()
            throws ApiException {
        answers.add(
                new Answer(
                        200,
                        """
                        {"line":1,"id":"a","status":"created","version":1}
                        {"line":2,"id":"b","status":"rejected","error":{"code":"BAD","pointer":"/price","message":"no number"}}
                        """
                                + SUMMARY));
        ProductImport sending = new ProductImport(client, "shop");
        List<Long> progress = new ArrayList<>();
        sending.run(
                batches(new ProductBatch(1001, 2, "application/x-ndjson", utf8("x"))),
                progress::add);
        assertThat(sending.accepted()).isEqualTo(1);
        assertThat(sending.rejected()).isEqualTo(1);
        assertThat(sending.rejections()).containsExactly("line 1002, id b: BAD /price no number");
        assertThat(progress).containsExactly(2L);
        assertThat(received)
                .containsExactly("POST /v1/catalogs/shop/products:import?mode=upsert x");
    }

    @Test
    void run_databaseAwayForAMoment_sendsTheBatchAgainAndCountsItOnce() throws ApiException {
        answers.add(
                new Answer(
                        200,
                        """
                        {"line":1,"id":"a","status":"created","version":1}
                        {"line":2,"id":"b","status":"rejected","error":{"code":"UNAVAILABLE"}}
                        """
                                + SUMMARY));
        answers.add(
                new Answer(
                        200,
                        """
                        {"line":1,"id":"a","status":"unchanged","version":1}
                        {"line":2,"id":"b","status":"created","version":1}
                        """
                                + SUMMARY));
        ProductImport sending = new ProductImport(client, "shop");
        sending.run(batches(batch()), lines -> {});
        assertThat(sending.accepted()).isEqualTo(2);
        assertThat(sending.rejected()).isZero();
        assertThat(received).hasSize(2);
    }

    @Test
    void run_answerWithoutItsEnd_isSentAgain() throws ApiException {
        String line = "{\"line\":1,\"id\":\"a\",\"status\":\"created\",\"version\":1}\n";
        answers.add(new Answer(200, line));
        answers.add(new Answer(200, line + SUMMARY));
        ProductImport sending = new ProductImport(client, "shop");
        sending.run(batches(batch()), lines -> {});
        assertThat(sending.accepted()).isEqualTo(1);
        assertThat(received).hasSize(2);
    }

    @Test
    void run_refusedForGood_saysWhatTheProblemSaysAndStops() {
        answers.add(
                new Answer(
                        404,
                        "{\"status\":404,\"code\":\"CATALOG_NOT_FOUND\",\"title\":\"No such catalogue\",\"detail\":\"shop\"}"));
        ProductImport sending = new ProductImport(client, "shop");
        assertThatThrownBy(() -> sending.run(batches(batch(), batch()), lines -> {}))
                .isInstanceOf(ApiException.class)
                .hasMessage("HTTP 404 CATALOG_NOT_FOUND: No such catalogue: shop");
        assertThat(received).hasSize(1);
        assertThat(sending.accepted()).isZero();
    }

    private static ProductBatch batch() {
        return new ProductBatch(1, 2, "application/x-ndjson", utf8("{}"));
    }

    private static Iterator<ProductBatch> batches(ProductBatch... batches) {
        return List.of(batches).iterator();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(
                    "%s %s %s"
                            .formatted(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI(),
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8)));
            Answer answer = answers.remove();
            byte[] body = utf8(answer.body());
            exchange.sendResponseHeaders(answer.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
