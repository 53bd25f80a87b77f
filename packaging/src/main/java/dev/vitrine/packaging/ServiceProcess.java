package dev.vitrine.packaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service as a process, asked the way a kubelet asks. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ONE_TRY = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path output;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** Starts the command with nothing in its environment but the given variables. */
    static ServiceProcess start(
            String name, List<String> command, Map<String, String> environment, Path output)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ServiceProcess(name, builder.start(), output);
    }

    /** Returns when the probe succeeds; fails with the output when the process ends before. */
    void awaitSuccess(URI probe) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (get(probe).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Nothing listens yet.
            }
            if (never.await(20, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException(
                "%s: no success from %s, %s. It wrote:%n%s"
                        .formatted(
                                name,
                                probe,
                                process.isAlive() ? "alive" : "status " + process.exitValue(),
                                Files.readString(output)));
    }

    long pid() {
        return process.pid();
    }

    /** Processor time so far: what a busy machine does not change much. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri).timeout(ONE_TRY).build(), BodyHandlers.ofString());
    }

    /** SIGTERM, as at the end of a pod; a JVM that was told to writes its class cache now. */
    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
