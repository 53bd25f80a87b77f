package dev.vitrine.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server in the place of a service: answers recorded messages, keeps what came in. */
public final class Backend implements AutoCloseable {

    /** What came in. */
    public record Received(String method, String uri, Headers headers, String body) {

        /** The value of a header, empty if absent. */
        public String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Handler> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public Backend() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers this to requests whose method and raw path are {@code key}. */
    public Backend on(String key, int status, String json, String... headers) {
        answers.put(
                key,
                exchange -> {
                    keep(exchange);
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Type",
                                    status < 400 ? "application/json" : "application/problem+json");
                    for (int i = 0; i < headers.length; i += 2) {
                        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
                    }
                    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                    boolean empty = bytes.length == 0;
                    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
                    if (!empty) {
                        exchange.getResponseBody().write(bytes);
                    }
                });
        return this;
    }

    /** Lets the test itself answer. */
    public Backend on(String key, Handler handler) {
        answers.put(key, handler);
        return this;
    }

    /** Takes such requests and never answers. */
    public Backend hangOn(String key) {
        answers.put(
                key,
                exchange -> {
                    keep(exchange);
                    try {
                        closed.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        return this;
    }

    public void reset() {
        answers.clear();
        received.clear();
    }

    public List<Received> received() {
        return received;
    }

    /** The one request that came in. */
    public Received only() {
        if (received.size() != 1) {
            throw new AssertionError("expected one request, got " + received);
        }
        return received.getFirst();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }

    private void keep(HttpExchange exchange) throws IOException {
        received.add(
                new Received(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
            Handler handler = answers.get(key);
            if (handler == null) {
                keep(exchange);
                exchange.sendResponseHeaders(404, -1);
            } else {
                handler.handle(exchange);
            }
        }
    }
}
