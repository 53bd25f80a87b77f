package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** index-service in its writer role as a process of its own, so that a test can kill it. */
final class WriterProcess implements AutoCloseable {

    private static final int STARTS_MAX = 3_000;

    private final Process process;
    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private WriterProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts the process and waits until it answers. */
    static WriterProcess start(TestDatabase database, Path log, String... properties) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        // Most of its short life is the start.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IndexApplication.class.getName(),
                        "--spring.config.name=index",
                        "--server.port=" + port,
                        "--index.roles=writer",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers="
                                + TestPlatform.kafkaBootstrapServers()));
        for (String property : properties) {
            command.add("--" + property);
        }
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            WriterProcess started =
                    new WriterProcess(process, URI.create("http://127.0.0.1:" + port));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(WriterApp.PATIENCE);
    }

    HttpResponse<String> put(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> importLines(String catalog, String query, String body) {
        return send(
                request("/v1/catalogs/" + catalog + "/products:import" + query)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As by {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(WriterApp.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < STARTS_MAX; i++) {
            assertThat(process.isAlive()).as("the process runs").isTrue();
            try {
                if (get("/actuator/health/readiness").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException notListening) {
                assertThat(notListening).isNotNull();
            }
            pause(never);
        }
        throw new AssertionError("the process did not become ready");
    }

    private static void pause(CountDownLatch never) {
        try {
            boolean counted = never.await(Duration.ofMillis(100).toMillis(), TimeUnit.MILLISECONDS);
            assertThat(counted).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
