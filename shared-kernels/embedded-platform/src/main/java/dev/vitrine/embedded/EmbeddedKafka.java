package dev.vitrine.embedded;

import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller in this JVM, on a data directory that outlives it.
 *
 * <p>It listens on 127.0.0.1 only. One JVM owns a data directory at a time. The owner closes it,
 * after everything that uses it. Uses classes that Kafka does not promise to keep; {@code
 * RATIONALE.md} says why, and the version is pinned. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String PROTOCOLS = "listener.security.protocol.map";
    private static final int NODE_ID = 1;

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(DirectoryLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers an admin client. The first start on a directory
     * formats it.
     *
     * @throws PlatformException when it cannot; nothing is left running then
     */
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
        DirectoryLock lock = null;
        EmbeddedKafka started = null;
        try {
            lock = DirectoryLock.take(settings.directory());
            Path log = settings.directory().resolve("log");
            format(log);
            int port = LoopbackPort.choose(settings.port(), "Kafka");
            Properties configuration =
                    configuration(
                            log,
                            port,
                            settings.advertisedPort() == 0 ? port : settings.advertisedPort(),
                            controllerPort(port));
            settings.login().ifPresent(login -> demand(login, configuration));
            KafkaRaftServer server =
                    new KafkaRaftServer(new KafkaConfig(configuration), Time.SYSTEM);
            EmbeddedKafka kafka = new EmbeddedKafka(lock, server, port);
            started = kafka;
            server.startup();
            awaitReady(
                    kafka.bootstrapServers(),
                    settings.login().map(KafkaLogin::client).orElse(Map.of()),
                    settings.startTimeout(),
                    new CompletableFuture<>());
            LOG.info(
                    "Kafka ready on {} (data in {})",
                    kafka.bootstrapServers(),
                    settings.directory());
            lock = null;
            started = null;
            return kafka;
        } catch (IOException | RuntimeException e) {
            if (e instanceof PlatformException known) {
                throw known;
            }
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED,
                    "Kafka could not be started in " + settings.directory() + ": " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED, "Interrupted while Kafka was starting", e);
        } finally {
            if (started != null) {
                started.close();
            } else if (lock != null) {
                release(lock);
            }
        }
    }

    /**
     * Returns when a broker, embedded or not, answers an admin client.
     *
     * @throws PlatformException when it does not within the timeout
     */
    public static void awaitReady(String bootstrapServers, Duration timeout)
            throws InterruptedException {
        awaitReady(bootstrapServers, timeout, new CompletableFuture<>());
    }

    /**
     * As {@link #awaitReady(String, Duration)}, for a broker that may end meanwhile.
     *
     * @param ended completes when the broker has ended; the wait ends with it
     */
    public static void awaitReady(
            String bootstrapServers, Duration timeout, CompletableFuture<?> ended)
            throws InterruptedException {
        awaitReady(bootstrapServers, Map.of(), timeout, ended);
    }

    private static void awaitReady(
            String bootstrapServers,
            Map<String, String> login,
            Duration timeout,
            CompletableFuture<?> ended)
            throws InterruptedException {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> client = new HashMap<>(login);
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(millis, 5_000));
        // With "rebootstrap" the client begins anew a thousand times a second while nobody listens.
        client.put(
                AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG,
                MetadataRecoveryStrategy.NONE.name);
        Admin admin = Admin.create(client);
        try {
            CompletableFuture<?> nodes =
                    admin.describeCluster().nodes().toCompletionStage().toCompletableFuture();
            CompletableFuture.anyOf(nodes, ended).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!nodes.isDone()) {
                throw new PlatformException(
                        Code.PLATFORM_START_FAILED,
                        "Kafka on " + bootstrapServers + " ended before it answered.");
            }
            LOG.debug("Kafka on {} answers", bootstrapServers);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED,
                    "Kafka on " + bootstrapServers + " does not answer within " + timeout + ".",
                    e);
        } finally {
            // Not for as long as its question may take: whoever gives up wants to go on.
            admin.close(Duration.ZERO);
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** The loopback port in use. */
    public int port() {
        return port;
    }

    /** Returns when the broker has ended. */
    void awaitEnd() {
        server.awaitShutdown();
    }

    /** Stops the broker in order and gives the directory free; later calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                release(lock);
            }
        }
    }

    private static int controllerPort(int clients) throws IOException {
        int free = LoopbackPort.free();
        // The client port was only probed, so the system may hand it out again.
        return free == clients ? LoopbackPort.free() : free;
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        try (PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setPrintStream(nowhere)
                    .run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // declared by Formatter.run
            throw new IOException("Kafka's storage could not be formatted", e);
        }
    }

    /** One node for one machine: every replication factor is 1, and every pool and buffer small. */
    static Properties configuration(Path log, int port, int advertisedPort, int controllerPort) {
        String clients = LoopbackPort.HOST + ":" + port;
        String advertised = LoopbackPort.HOST + ":" + advertisedPort;
        String controller = LoopbackPort.HOST + ":" + controllerPort;
        Properties properties = new Properties();
        Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", Integer.toString(NODE_ID)),
                        // Static voters: the controller's port may differ at every start.
                        Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                        Map.entry("controller.listener.names", CONTROLLER),
                        Map.entry("inter.broker.listener.name", CLIENTS),
                        Map.entry(
                                "listeners",
                                CLIENTS + "://" + clients + "," + CONTROLLER + "://" + controller),
                        Map.entry("advertised.listeners", CLIENTS + "://" + advertised),
                        Map.entry(PROTOCOLS, protocols("PLAINTEXT")),
                        Map.entry("log.dirs", log.toString()),
                        // A misspelt topic name must be an error.
                        Map.entry("auto.create.topics.enable", "false"),
                        Map.entry("default.replication.factor", "1"),
                        Map.entry("min.insync.replicas", "1"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("offsets.topic.num.partitions", "4"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("transaction.state.log.num.partitions", "4"),
                        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                        Map.entry("share.coordinator.state.topic.min.isr", "1"),
                        Map.entry("share.coordinator.state.topic.num.partitions", "2"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        // Services create some 200 partitions. Each keeps two index files of this
                        // size allocated and mapped; 256 KiB index one 64 MiB segment.
                        Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
                        Map.entry("log.index.size.max.bytes", Integer.toString(256 << 10)),
                        // 128 MiB by default; 16 MiB hold the keys of 600,000 records at a time.
                        Map.entry("log.cleaner.enable", "true"),
                        Map.entry("log.cleaner.threads", "1"),
                        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)),
                        Map.entry("log.cleaner.io.buffer.size", Integer.toString(256 << 10)),
                        Map.entry("metadata.log.segment.bytes", Integer.toString(16 << 20)),
                        Map.entry("num.network.threads", "2"),
                        Map.entry("num.io.threads", "4"),
                        Map.entry("background.threads", "4"),
                        Map.entry("num.recovery.threads.per.data.dir", "2"))
                .forEach(properties::setProperty);
        return properties;
    }

    private static void demand(KafkaLogin login, Properties configuration) {
        configuration.setProperty(PROTOCOLS, protocols("SASL_PLAINTEXT"));
        configuration.putAll(login.broker(CLIENTS.toLowerCase(Locale.ROOT)));
    }

    private static String protocols(String clients) {
        return CLIENTS + ":" + clients + "," + CONTROLLER + ":PLAINTEXT";
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock on the data directory was not given back; it ends with this JVM", e);
        }
    }
}
