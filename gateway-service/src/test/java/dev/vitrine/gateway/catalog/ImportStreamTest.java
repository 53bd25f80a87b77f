package dev.vitrine.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.gateway.Backend;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** Clients and indexes that stop in the middle, and such that take their time. */
final class ImportStreamTest {

    private static final String IMPORT = "/v1/catalogs/shop/products:import";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Far over what a slow machine may pause in a test. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Backend index = new Backend();

    @AfterEach
    void stop() {
        index.close();
    }

    /** A body that is refused in the middle must never look whole to the index. */
    @Test
    void bodyThatFailsWithoutAnIOException_isTornTowardsTheIndexToo() throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        index.on(
                "POST " + IMPORT,
                exchange -> {
                    try {
                        read.complete(exchange.getRequestBody().readAllBytes().length);
                    } catch (IOException broken) {
                        read.completeExceptionally(broken);
                        throw broken;
                    }
                });
        InputStream refused =
                new InputStream() {
                    private int left = 10;

                    @Override
                    public int read() {
                        if (left-- == 0) {
                            throw new ProblemException(CommonErrors.PAYLOAD_TOO_LARGE, "enough");
                        }
                        return '\n';
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        bytes[offset] = (byte) read();
                        return 1;
                    }
                };
        assertThatThrownBy(() -> run(refused, new MockHttpServletResponse(), PATIENCE))
                .hasCauseInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class);
    }

    /** The results of an index that goes on writing have nowhere to go then. */
    @Test
    void clientThatIsGoneWhileResultsCome_endsTheImport() {
        index.on(
                "POST " + IMPORT,
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream out = exchange.getResponseBody();
                    byte[] line = "{\"line\":1}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
                    // Until the gateway breaks the connection.
                    while (true) {
                        out.write(line);
                        out.flush();
                    }
                });
        MockHttpServletResponse gone =
                new MockHttpServletResponse() {
                    @Override
                    public ServletOutputStream getOutputStream() {
                        return new DelegatingServletOutputStream(
                                new OutputStream() {
                                    @Override
                                    public void write(int value) throws IOException {
                                        throw new IOException("gone");
                                    }
                                });
                    }
                };
        assertThatThrownBy(() -> run(InputStream.nullInputStream(), gone, PATIENCE))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("gone");
    }

    /** The index reads the whole body before it answers. */
    @Test
    void bodyThatTakesLongerThanTheSilence_isAnsweredWhileItMoves() throws Exception {
        index.on(
                "POST " + IMPORT,
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody()
                            .write("{\"summary\":{}}\n".getBytes(StandardCharsets.UTF_8));
                });
        long end = System.nanoTime() + 3 * SILENCE.toNanos();
        InputStream slow =
                new InputStream() {
                    @Override
                    public int read() {
                        LockSupport.parkNanos(SILENCE.toNanos() / 20);
                        return System.nanoTime() < end ? '\n' : -1;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                        int value = read();
                        bytes[offset] = (byte) value;
                        return value < 0 ? -1 : 1;
                    }
                };
        MockHttpServletResponse response = new MockHttpServletResponse();
        run(slow, response, SILENCE);
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("{\"summary\":{}}\n");
    }

    @Test
    void indexThatIsSilentAfterTheBody_isGivenUp() {
        index.hangOn("POST " + IMPORT);
        assertThatThrownBy(() ->
                        run(
                                InputStream.nullInputStream(),
                                new MockHttpServletResponse(),
                                Duration.ofMillis(100)))
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("index does not answer");
    }

    private void run(InputStream body, MockHttpServletResponse response, Duration silence)
            throws Exception {
        MockHttpServletRequest request =
                new MockHttpServletRequest("POST", IMPORT) {
                    @Override
                    public ServletInputStream getInputStream() {
                        return new DelegatingServletInputStream(body) {
                            // Its own would wait for a whole buffer, which no container does.
                            @Override
                            public int read(byte[] bytes, int offset, int length)
                                    throws IOException {
                                return body.read(bytes, offset, length);
                            }
                        };
                    }
                };
        FutureTask<Void> task =
                new FutureTask<>(() -> {
                    new ImportStream(
                                    index::uri,
                                    "default",
                                    new ImportProperties(1, DataSize.ofKilobytes(1), silence),
                                    Duration.ofSeconds(1))
                            .run(request, response);
                    return null;
                });
        Thread.ofVirtual().start(task);
        task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
