package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** index-service in its shard role as a process of its own, which a test may limit or end. */
final class ShardProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A JVM and a context on a busy machine, beside other tests. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Process process;
    private final URI base;

    private ShardProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts it and waits until it is ready; {@code properties} as {@code --name=value}. */
    static ShardProcess start(Path folder, String... properties) throws IOException {
        return start(folder, List.of(), properties);
    }

    /** The same with options of the JVM. */
    static ShardProcess start(Path folder, List<String> options, String... properties)
            throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.vitrine.index.IndexApplication",
                        "--spring.config.name=index",
                        "--index.roles=shard",
                        "--server.port=" + port,
                        "--spring.kafka.bootstrap-servers=" + TestPlatform.kafkaBootstrapServers(),
                        "--index.shard.directory=" + folder.resolve("index")));
        command.addAll(List.of(properties));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        // Not to a file: a limit on files must not reach the log.
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        ShardProcess shard = new ShardProcess(process, URI.create("http://127.0.0.1:" + port));
        shard.awaitReady();
        return shard;
    }

    private void awaitReady() {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (status("/actuator/health/readiness") != 200) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new AssertionError("the shard did not become ready");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Bounds the size of every file that the process writes from now on, as a full disk would. */
    void limitFiles(String bytes) throws IOException, InterruptedException {
        Process prlimit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(process.pid()),
                                "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(
                request.timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The body of a GET. */
    String body(String path) {
        return body(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /** The body of the answer to a POST of JSON. */
    String body(String path, byte[] json) {
        return body(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private static String body(HttpRequest.Builder request) {
        try {
            return send(request).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Snapshots that could not be taken, by the metric. */
    double snapshotFailures() {
        String line =
                body("/actuator/prometheus")
                        .lines()
                        .filter(text -> text.startsWith("index_shard_snapshot_failures_total"))
                        .findFirst()
                        .orElse("none 0");
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Status of a path; 0 while nobody answers. */
    int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Asks it to end, as {@code kill -TERM} does, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
