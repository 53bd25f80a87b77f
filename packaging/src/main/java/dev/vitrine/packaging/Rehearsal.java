package dev.vitrine.packaging;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.EmbeddedPostgresql;
import dev.vitrine.embedded.EmbeddedPostgresqlSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts services one at a time, with a PostgreSQL and a Kafka of its own, to make their class
 * caches and to measure their starts. For one thread.
 */
final class Rehearsal implements AutoCloseable {

    private static final Map<String, String> PORT_VARIABLES =
            Map.of(
                    "gateway", "VITRINE_PORT",
                    "embedding", "VITRINE_EMBEDDING_PORT",
                    "index", "VITRINE_INDEX_PORT",
                    "retrieval", "VITRINE_RETRIEVAL_PORT",
                    "recommender", "VITRINE_RECOMMENDER_PORT");

    private final Path folder;
    private final JavaRuntime runtime;
    private final EmbeddedPostgresql postgresql;
    private final EmbeddedKafka kafka;

    /**
     * What a start took.
     *
     * @param ready from the start of the process to readiness
     * @param processor processor time until then
     * @param megabytes resident memory then, MiB
     */
    record Start(Duration ready, Duration processor, long megabytes) {}

    /**
     * @param folder for data and logs
     */
    Rehearsal(Path folder, JavaRuntime runtime) {
        this.folder = folder;
        this.runtime = runtime;
        this.postgresql =
                EmbeddedPostgresql.start(
                        EmbeddedPostgresqlSettings.in(folder.resolve("postgresql")));
        this.kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    }

    /** Starts the service and ends it in order; its JVM then writes the cache. */
    Path train(ImageLayout layout) throws IOException, InterruptedException {
        Path cache = layout.app().resolve(ImageLayout.CACHE);
        Files.deleteIfExists(cache);
        Start start = run(layout, List.of("-XX:AOTCacheOutput=" + cache.toAbsolutePath()));
        if (!Files.exists(cache)) {
            throw new IOException(
                    layout.service().name()
                            + " was ready after "
                            + start.ready()
                            + " and left no cache; see "
                            + log(layout));
        }
        return cache;
    }

    /** Starts the service, waits for readiness, and ends it. */
    Start run(ImageLayout layout, List<String> options) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(runtime.java().toString());
        command.addAll(options);
        command.add("@" + layout.app().resolve(ImageLayout.OPTIONS));
        command.add(layout.service().mainClass());
        long begin = System.nanoTime();
        try (ServiceProcess process =
                ServiceProcess.start(
                        layout.service().name(), command, environment(layout, port), log(layout))) {
            process.awaitSuccess(
                    URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
            return new Start(
                    Duration.ofNanos(System.nanoTime() - begin),
                    process.processorTime(),
                    residentMegabytes(process.pid()));
        }
    }

    private Map<String, String> environment(ImageLayout layout, int port) {
        String name = layout.service().name();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JDK_JAVA_OPTIONS", "-Xmx" + (name.equals("index") ? 768 : 320) + "m");
        environment.put(PORT_VARIABLES.getOrDefault(name, ""), Integer.toString(port));
        environment.put("VITRINE_KAFKA", kafka.bootstrapServers());
        environment.put("VITRINE_JDBC_URL", postgresql.jdbcUrl());
        environment.put("VITRINE_JDBC_USER", postgresql.user());
        environment.put("VITRINE_JDBC_PASSWORD", postgresql.password());
        environment.put("VITRINE_DATA", folder.resolve(name).toString());
        environment.put("DJL_CACHE_DIR", folder.resolve("djl").toString());
        return environment;
    }

    private Path log(ImageLayout layout) {
        return folder.resolve(layout.service().name() + ".log");
    }

    private static long residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kafka.close();
        postgresql.close();
    }
}
