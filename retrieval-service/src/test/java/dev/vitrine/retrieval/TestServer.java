package dev.vitrine.retrieval;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A real HTTP server on a free port that answers what a test tells it to. */
public final class TestServer implements AutoCloseable {

    /** What came in. */
    public record Received(String path, String tenant, String deadlineMillis, String body) {}

    private sealed interface Answer {
        record Json(int status, String body) implements Answer {}

        record Nothing() implements Answer {}
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Answer> answer =
            new AtomicReference<>(new Answer.Json(200, "{}"));

    public TestServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers this from now on. */
    public void answer(int status, String json) {
        answer.set(new Answer.Json(status, json));
    }

    /** Takes requests from now on and never answers. */
    public void hang() {
        answer.set(new Answer.Nothing());
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Received> received() {
        return received;
    }

    public void forget() {
        received.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(
                new Received(
                        exchange.getRequestURI().getPath(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Vitrine-Tenant")),
                        String.valueOf(
                                exchange.getRequestHeaders().getFirst("Vitrine-Deadline-Millis")),
                        body));
        switch (answer.get()) {
            case Answer.Json json -> {
                byte[] bytes = json.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders()
                        .set(
                                "Content-Type",
                                json.status() < 400
                                        ? "application/json"
                                        : "application/problem+json");
                exchange.sendResponseHeaders(json.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }
            case Answer.Nothing nothing -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
        }
    }
}
