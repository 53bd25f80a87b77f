package dev.vitrine.benchmarks.engine;

import dev.vitrine.benchmarks.load.HttpCall;
import dev.vitrine.benchmarks.load.HttpConnection;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenSearch in a JVM of its own, with an empty folder that is left to the operating system. */
final class OpenSearchProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenSearchProcess.class);
    private static final int FIRST_PORT = 9_201;
    private static final int LAST_PORT = 9_299;
    private static final Duration START = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 200;

    private final Process process;
    private final URI address;

    private OpenSearchProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a node and waits for it.
     *
     * @param home the checkout
     * @param folder its data and its log
     */
    static OpenSearchProcess start(Path home, Path folder)
            throws IOException, InterruptedException {
        Path libraries = home.resolve("benchmarks/opensearch/target/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IOException(libraries + " is missing; ./vitrine bench builds it");
        }
        int port = freePort();
        Path output = folder.resolve("opensearch.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xms1g",
                                "-Xmx1g",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-cp",
                                home.resolve("benchmarks/target/benchmarks.jar")
                                        + ":"
                                        + libraries.resolve("*"),
                                OpenSearchNode.class.getName(),
                                folder.toString(),
                                Integer.toString(port - 1))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        OpenSearchProcess node =
                new OpenSearchProcess(process, URI.create("http://127.0.0.1:" + port));
        try {
            node.awaitReady(output);
        } catch (IOException | InterruptedException failed) {
            node.close();
            throw failed;
        }
        return node;
    }

    /** The runner takes ports up to 9299 only, and answers on the one after its base. */
    private static int freePort() throws IOException {
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                log.debug("port {} is taken", port, taken);
            }
        }
        throw new IOException("no port from " + FIRST_PORT + " to " + LAST_PORT + " is free");
    }

    private void awaitReady(Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
            if (answers()) {
                return;
            }
        }
        List<String> lines = Files.readAllLines(output);
        throw new IOException(
                "OpenSearch does not start:\n"
                        + String.join(
                                "\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }

    private boolean answers() {
        try (HttpConnection connection = new HttpConnection(address)) {
            return connection.send(HttpCall.json("GET", address, "/_cluster/health", "")).status()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
