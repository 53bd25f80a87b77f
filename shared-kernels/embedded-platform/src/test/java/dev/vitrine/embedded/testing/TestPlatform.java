package dev.vitrine.embedded.testing;

import dev.vitrine.embedded.PgvectorAvailability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, each started at its first use and stopped
 * when the JVM exits.
 *
 * <p>Where a container engine answers, they are containers, else the embedded ones; the choice is
 * printed once. {@code VITRINE_TEST_PLATFORM=embedded} or {@code containers} takes the choice away
 * (with {@code containers}, a missing engine is an error). Thread-safe.
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void platform(DynamicPropertyRegistry registry) {
 *     TestDatabase database = TestPlatform.freshDatabase(ThisTest.class);
 *     registry.add("spring.datasource.url", database::jdbcUrl);
 *     registry.add("spring.kafka.bootstrap-servers", TestPlatform::kafkaBootstrapServers);
 * }
 * }</pre>
 */
public final class TestPlatform {

    /** Name of the environment variable that forces the kind of server. */
    public static final String VARIABLE = "VITRINE_TEST_PLATFORM";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPlatform() {}

    /** A new, empty database; its name tells the test class to a reader of the server's log. */
    public static TestDatabase freshDatabase(Class<?> testClass) {
        String name =
                "t_"
                        + testClass
                                .getSimpleName()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]", "_")
                        + "_"
                        + DATABASES.incrementAndGet();
        try {
            return Postgresql.SERVER.createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("No database for " + testClass, e);
        }
    }

    /**
     * Whether {@code CREATE EXTENSION vector} works. If not, a test uses the plain-array adapter
     * and says with {@link #leftOut} what it did not test.
     */
    public static boolean pgvectorAvailable() {
        return Postgresql.SERVER.pgvector().available();
    }

    /** Prints which part of a test needs pgvector and was therefore not run. */
    public static void leftOut(Class<?> testClass, String what) {
        String reason =
                switch (Postgresql.SERVER.pgvector()) {
                    case PgvectorAvailability.Available available ->
                            "pgvector " + available.version() + " is there";
                    case PgvectorAvailability.Unavailable unavailable -> unavailable.reason();
                };
        say(testClass.getSimpleName() + " left out: " + what + " (" + reason + ")");
    }

    /** Address of the shared broker; topics are not made on first use. */
    public static String kafkaBootstrapServers() {
        return Kafka.SERVER.bootstrapServers();
    }

    // Class initialisation starts each server once, and only for a JVM that asks for it.

    private static final class Folder {
        static final TestFolder OWNED = TestFolder.create();

        static {
            AtExit.own(OWNED);
        }

        static Path of(String server) {
            return OWNED.path().resolve(server);
        }
    }

    private static final class Postgresql {
        static final TestPostgresql SERVER =
                choose(
                        ContainerServers::postgresql,
                        () -> EmbeddedServers.postgresql(Folder.of("postgresql")));

        static {
            AtExit.own(SERVER);
            String extension =
                    switch (SERVER.pgvector()) {
                        case PgvectorAvailability.Available a -> "pgvector " + a.version();
                        case PgvectorAvailability.Unavailable u ->
                                "WITHOUT pgvector, because " + u.reason();
                    };
            say(SERVER.description() + ", " + extension);
        }
    }

    private static final class Kafka {
        static final TestKafka SERVER =
                choose(ContainerServers::kafka, () -> EmbeddedServers.kafka(Folder.of("kafka")));

        static {
            AtExit.own(SERVER);
            say(SERVER.description());
        }
    }

    private static final class Containers {
        /** Null when containers are to be used, else why not. */
        static final @Nullable String OBJECTION = objection();

        private static @Nullable String objection() {
            String wanted = System.getenv().getOrDefault(VARIABLE, "auto");
            if (wanted.equals("containers")) {
                return null;
            }
            if (wanted.equals("embedded")) {
                return VARIABLE + "=embedded";
            }
            // Asking Testcontainers takes seconds when nothing listens, so look first.
            if (System.getenv("DOCKER_HOST") == null
                    && !Files.exists(Path.of("/var/run/docker.sock"))) {
                return "no container engine is configured";
            }
            try {
                Class.forName("org.testcontainers.DockerClientFactory");
            } catch (ClassNotFoundException e) {
                return "Testcontainers is not on the class path";
            }
            return ContainerServers.engineAnswers() ? null : "no container engine answers";
        }
    }

    private static <S> S choose(Supplier<S> container, Supplier<S> embedded) {
        String objection = Containers.OBJECTION;
        if (objection == null) {
            try {
                return container.get();
            } catch (RuntimeException e) {
                if ("containers".equals(System.getenv(VARIABLE))) {
                    throw e;
                }
                // An engine that cannot pull the image must not keep the tests from running.
                objection = "the container did not start (" + e.getMessage() + ")";
            }
        }
        say("using the embedded server: " + objection);
        return embedded.get();
    }

    private static void say(String line) {
        System.out.println("[test platform] " + line);
    }

    /** Closes at exit, last opened first: one hook, because hooks have no order. */
    private static final class AtExit {

        private static final long CONTEXTS_WAIT_SECONDS = 20;
        private static final Deque<AutoCloseable> OWNED = new ConcurrentLinkedDeque<>();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "test-platform"));
        }

        private AtExit() {}

        static void own(AutoCloseable resource) {
            OWNED.push(resource);
        }

        private static void closeAll() {
            awaitSpring();
            for (AutoCloseable resource : OWNED) {
                try {
                    resource.close();
                } catch (Exception e) {
                    say("not closed: " + e);
                }
            }
        }

        /**
         * Spring closes the contexts that tests left open in a hook of its own. Their consumers and
         * pools must find the servers alive, or the exit waits for their timeouts.
         */
        private static void awaitSpring() {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("SpringApplicationShutdownHook")) {
                    try {
                        thread.join(TimeUnit.SECONDS.toMillis(CONTEXTS_WAIT_SECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }
}
