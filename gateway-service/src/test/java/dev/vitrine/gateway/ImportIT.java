package dev.vitrine.gateway;

import static dev.vitrine.gateway.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports are streams in both directions, whatever their size and however the client behaves. */
class ImportIT {

    private static final String IMPORT = "/v1/catalogs/shop/products:import";
    private static final String SUMMARY = "{\"summary\":{}}";

    /** 100 MB in lines of 1 kB. */
    private static final int LINES = 102_400;

    private static final int LINE_LENGTH = 1024;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("--gateway.import.concurrency=2");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.reset();
    }

    /**
     * The index answers each line with a line while it reads; the client reads nothing before it
     * has sent all. 25 MB of results are far more than sockets hold, so without a spool this hangs.
     */
    @Test
    void import_hundredMegabytes_streamsBothWaysInConstantMemory() throws Exception {
        AtomicLong peak = new AtomicLong();
        gateway.index.on("POST " + IMPORT, exchange -> answerEachLine(exchange, 256, peak));
        long before = usedAfterCollection();
        HttpResponse<InputStream> response =
                gateway.http.send(
                        HttpRequest.newBuilder(gateway.uri(IMPORT + "?mode=upsert"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofInputStream(Lines::new))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        int lines = 0;
        String last = "";
        try (BufferedReader results =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line; (line = results.readLine()) != null; lines++) {
                last = line;
            }
        }
        assertThat(lines).isEqualTo(LINES + 1);
        assertThat(last).isEqualTo(SUMMARY);
        assertThat(peak.get() - before)
                .as("live bytes in the middle, less those before")
                .isLessThan(32L * 1024 * 1024);
    }

    @Test
    void import_resultsArrive_whileTheClientStillSends() throws Exception {
        gateway.index.on(
                "POST " + IMPORT, exchange -> answerEachLine(exchange, 20, new AtomicLong()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + IMPORT
                                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + "Content-Type: application/x-ndjson\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 3; i++) {
                out.write("8\r\n{\"id\":1}\r\n1\r\n\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                String line;
                do {
                    line = in.readLine();
                    assertThat(line).isNotNull();
                } while (!line.startsWith("{"));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(in.lines()).contains(SUMMARY);
        }
    }

    @Test
    void import_queryAndHeaders_arrive() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        gateway.index.on(
                "POST " + IMPORT,
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    seen.complete(
                            exchange.getRequestURI().getQuery()
                                    + ' '
                                    + exchange.getRequestHeaders().get("Vitrine-Tenant")
                                    + ' '
                                    + exchange.getRequestHeaders().getFirst("Content-Type")
                                    + ' '
                                    + exchange.getRequestHeaders().getFirst("Content-Encoding"));
                    exchange.sendResponseHeaders(200, -1);
                });
        gateway.http.send(
                HttpRequest.newBuilder(gateway.uri(IMPORT + "?mode=create"))
                        // curl calls every body a form unless told otherwise
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Content-Encoding", "gzip")
                        .header("Vitrine-Tenant", "stolen")
                        .POST(HttpRequest.BodyPublishers.ofString("x=y"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(seen.get(10, TimeUnit.SECONDS))
                .isEqualTo("mode=create [default] application/x-www-form-urlencoded gzip");
    }

    /** The same address to Spring, so the same to whoever bounds bodies. */
    @Test
    void import_withAnEncodedColon_isNotBounded() throws Exception {
        String encoded = IMPORT.replace(":", "%3A");
        gateway.index.on("POST " + encoded, 200, SUMMARY);
        HttpResponse<String> response = send(encoded, 10_000);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(gateway.index.only().body()).hasSizeGreaterThan(10_000_000);
    }

    @Test
    void import_refusedAtOnce_clientGetsTheProblem() throws Exception {
        gateway.index.on(
                "POST " + IMPORT,
                404,
                "{\"type\":\"urn:vitrine:problem:CATALOG_NOT_FOUND\",\"title\":\"t\","
                        + "\"status\":404,\"code\":\"CATALOG_NOT_FOUND\",\"errors\":[],"
                        + "\"traceId\":\"0123456789abcdef0123456789abcdef\"}");
        assertProblem(send(IMPORT, 10_000), 404, "CATALOG_NOT_FOUND");
        assertProblem(send("/v1/catalogs/SHOP/products:import", 10_000), 404, "CATALOG_NOT_FOUND");
    }

    @Test
    void import_indexBreaksOff_lastLineSaysSo() throws Exception {
        gateway.index.on(
                "POST " + IMPORT,
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    // Announces more than it sends, which is how a killed process looks.
                    exchange.sendResponseHeaders(200, 1_000);
                    OutputStream out = exchange.getResponseBody();
                    out.write("{\"line\":1}\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                });
        HttpResponse<String> response = send(IMPORT, 10);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{\"error\":{")
                .contains("\"UNAVAILABLE\"");
    }

    /** A torn import must never look whole to the index. */
    @Test
    void import_clientGoesAway_indexSeesABrokenBody() throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        gateway.index.on(
                "POST " + IMPORT,
                exchange -> {
                    try {
                        read.complete(exchange.getRequestBody().readAllBytes().length);
                    } catch (IOException broken) {
                        read.completeExceptionally(broken);
                        throw broken;
                    }
                });
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write(
                            ("POST "
                                            + IMPORT
                                            + " HTTP/1.1\r\nHost: x\r\n"
                                            + "Transfer-Encoding: chunked\r\n\r\n"
                                            + "9\r\n{\"id\":1}\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class);
    }

    private static HttpResponse<String> send(String path, int lines) throws Exception {
        return gateway.http.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        ("{\"id\":\"1\",\"t\":\"" + "x".repeat(1000) + "\"}\n")
                                                .repeat(lines)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void answerEachLine(HttpExchange exchange, int length, AtomicLong memory)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        byte[] result = new byte[length];
        Arrays.fill(result, (byte) ' ');
        result[0] = '{';
        result[length - 2] = '}';
        result[length - 1] = '\n';
        InputStream in = exchange.getRequestBody();
        OutputStream out = exchange.getResponseBody();
        byte[] chunk = new byte[32 * 1024];
        int lines = 0;
        for (int read; (read = in.read(chunk)) >= 0; ) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    out.write(result);
                    if (++lines == LINES / 2) {
                        memory.set(usedAfterCollection());
                    }
                }
            }
            out.flush();
        }
        out.write((SUMMARY + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** 100 MB of lines that are nowhere in memory. */
    private static final class Lines extends InputStream {

        private long left = (long) LINES * LINE_LENGTH;

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            return --left % LINE_LENGTH == 0 ? '\n' : 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            for (int i = 0; i < count; i++) {
                bytes[offset + i] = (byte) read();
            }
            return count;
        }
    }
}
