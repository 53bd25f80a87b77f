package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.embedded.EmbeddedPostgresqlSettings.Durability;
import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedPostgresqlTest {

    @TempDir Path directory;

    @Test
    void start_again_keepsDataAndPassword() throws Exception {
        String password;
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            password = server.password();
            update(server, "CREATE TABLE kept (id int)");
            update(server, "INSERT INTO kept VALUES (42)");
            assertThat(query(server, "SHOW server_version")).startsWith("17.11");
            assertThat(PostgresqlBinaries.VERSION).startsWith(query(server, "SHOW server_version"));
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThat(server.password()).isEqualTo(password);
            assertThat(query(server, "SELECT id FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void start_byDefault_syncsToDiskAndHidesThePassword() throws Exception {
        EmbeddedPostgresqlSettings durable = settings(directory).withDurability(Durability.DURABLE);
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(durable)) {
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void connect_wrongPassword_isRefused() throws Exception {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() ->
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(
                            query(
                                    server,
                                    "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname ="
                                            + " 'vitrine'"))
                    .isEqualTo("SCRAM-SHA-256");
        }
    }

    @Test
    void start_portTaken_namesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            PlatformException failure =
                    catchThrowableOfType(
                            PlatformException.class,
                            () -> EmbeddedPostgresql.start(settings(directory).withPort(port)));
            assertThat(failure.code()).isEqualTo(Code.PLATFORM_PORT_IN_USE);
            assertThat(failure).hasMessageStartingWith("Port " + port + " for PostgreSQL");
        }
        // The failed start gave the directory free.
        EmbeddedPostgresql.start(settings(directory)).close();
    }

    @Test
    void start_afterPostmasterWasKilled_recovers() throws Exception {
        EmbeddedPostgresqlSettings durable = settings(directory).withDurability(Durability.DURABLE);
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(durable)) {
            update(server, "CREATE TABLE kept AS SELECT 7 AS id");
            ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().get(10, TimeUnit.SECONDS);
            assertThat(server.running()).isFalse();
        }
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThat(query(server, "SELECT id FROM kept")).isEqualTo("7");
        }
    }

    /** A launcher killed with SIGKILL leaves its server running, and its lock free. */
    @Test
    void start_launcherWasKilled_stopsTheServerItLeft() throws Exception {
        Process launcher = launch(directory);
        String[] left;
        try {
            left = launcher.inputReader().readLine().split(" ", -1);
        } finally {
            launcher.destroyForcibly().waitFor();
        }
        long orphan = Long.parseLong(left[0]);
        assertThat(ended(orphan)).isFalse();

        // On the same port, so the orphan must really be gone.
        EmbeddedPostgresqlSettings again = settings(directory).withPort(Integer.parseInt(left[1]));
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(again)) {
            assertThat(server.pid()).isNotEqualTo(orphan);
            assertThat(ended(orphan)).isTrue();
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void close_directoryBehindASymbolicLink_stopsTheServer(@TempDir Path links) throws Exception {
        Path link = Files.createSymbolicLink(links.resolve("data"), directory);
        EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(link));
        boolean ran = server.running();
        server.close();
        ProcessHandle.of(server.pid())
                .filter(process -> !ended(process.pid()))
                .ifPresent(survivor -> {
                    survivor.destroy();
                    throw new AssertionError("the server survived its close");
                });
        assertThat(ran).isTrue();
    }

    @Test
    void start_directoryInUse_isRefusedByThisAndOtherProcesses() throws Exception {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            PlatformException failure =
                    catchThrowableOfType(
                            PlatformException.class,
                            () -> EmbeddedPostgresql.start(settings(directory)));
            assertThat(failure.code()).isEqualTo(Code.PLATFORM_DIRECTORY_IN_USE);
            Process launcher = launch(directory);
            try {
                assertThat(launcher.inputReader().readLine())
                        .contains("PLATFORM_DIRECTORY_IN_USE")
                        .contains("process " + ProcessHandle.current().pid());
                assertThat(launcher.waitFor()).isEqualTo(1);
            } finally {
                launcher.destroyForcibly().waitFor();
            }
            assertThat(server.running()).isTrue();
        }
    }

    @Test
    void start_twoDirectories_runSideBySide(@TempDir Path other) throws Exception {
        try (EmbeddedPostgresql one = EmbeddedPostgresql.start(settings(directory));
                EmbeddedPostgresql two = EmbeddedPostgresql.start(settings(other))) {
            assertThat(one.port()).isNotEqualTo(two.port());
            update(one, "CREATE TABLE here (id int)");
            assertThat(query(two, "SELECT to_regclass('here') IS NULL")).isEqualTo("t");
        }
    }

    @Test
    void start_interruptedCreation_isRepeated() throws Exception {
        Files.createDirectories(directory.resolve("cluster.part"));
        Files.writeString(directory.resolve("cluster.part/PG_VERSION"), "17\n");
        Files.writeString(directory.resolve("password"), "half");
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
            assertThat(server.password()).hasSize(32);
        }
    }

    /** As when the launcher is told to end while PostgreSQL starts. */
    @Test
    void start_interruptedWhileTheServerStarts_leavesNothingRunning() throws Exception {
        // With a cluster and a server's number the interrupt falls into the start of the server.
        EmbeddedPostgresql.start(settings(directory)).close();
        Path pidFile = directory.resolve("cluster/postmaster.pid");
        FutureTask<EmbeddedPostgresql> start =
                new FutureTask<>(() -> EmbeddedPostgresql.start(settings(directory)));
        Thread starter = Thread.ofPlatform().start(start);
        while (!Files.exists(pidFile) && starter.isAlive()) {
            Thread.onSpinWait();
        }
        starter.interrupt();
        starter.join();
        List<ProcessHandle> left = processesIn(directory.resolve("cluster"));
        left.forEach(ProcessHandle::destroy);
        assertThat(left).isEmpty();
        assertThat(start)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("Interrupted while PostgreSQL was starting");
        EmbeddedPostgresql.start(settings(directory)).close();
    }

    private static List<ProcessHandle> processesIn(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                                .equals(folder);
                    } catch (IOException endedOrOfSomebodyElse) {
                        return false;
                    }
                })
                .toList();
    }

    @Test
    void start_otherMajorOrNoPassword_isRefusedWithoutTouchingIt() throws Exception {
        Path cluster = Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(cluster.resolve("PG_VERSION"), "15\n");
        PlatformException other =
                catchThrowableOfType(
                        PlatformException.class,
                        () -> EmbeddedPostgresql.start(settings(directory)));
        assertThat(other.code()).isEqualTo(Code.PLATFORM_DIRECTORY_UNUSABLE);
        assertThat(other).hasMessage(cluster + " was made by PostgreSQL 15, this is 17.");

        Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
        PlatformException lost =
                catchThrowableOfType(
                        PlatformException.class,
                        () -> EmbeddedPostgresql.start(settings(directory)));
        assertThat(lost).hasMessageContaining(directory.resolve("password") + " is missing");
    }

    @Test
    void close_twice_stopsOnce() {
        EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory));
        long pid = server.pid();
        server.close();
        server.close();
        assertThat(ended(pid)).isTrue();
    }

    @Test
    void start_languageWithOtherDigits_isUnderstoodByTheServer() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThat(query(server, "SHOW port")).isEqualTo(Integer.toString(server.port()));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void settingsFile_overridesOurs() throws Exception {
        Files.writeString(directory.resolve("settings.conf"), "work_mem = 11MB\n");
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            assertThat(query(server, "SHOW work_mem")).isEqualTo("11MB");
        }
    }

    @Test
    void pgvector_indexAnswersNearestNeighbours() throws Exception {
        try (EmbeddedPostgresql server = EmbeddedPostgresql.start(settings(directory))) {
            if (server.pgvector() instanceof PgvectorAvailability.Unavailable why) {
                System.out.println("NOT TESTED: pgvector, because " + why.reason());
                return;
            }
            update(server, "CREATE EXTENSION vector");
            assertThat(
                            query(
                                    server,
                                    "SELECT extversion FROM pg_extension WHERE extname = 'vector'"))
                    .isEqualTo("0.8.0");
            update(server, "CREATE TABLE points (id int, v vector(2))");
            update(
                    server,
                    "INSERT INTO points SELECT i, ARRAY[cos(i/200.0), sin(i/200.0)]::vector FROM"
                            + " generate_series(1, 1000) i");
            update(server, "CREATE INDEX ON points USING hnsw (v vector_cosine_ops)");
            update(server, "SET enable_seqscan = off");
            assertThat(
                            query(
                                    server,
                                    "SELECT string_agg(id::text, ',') FROM (SELECT id FROM points"
                                            + " ORDER BY v <=> ARRAY[cos(2.5), sin(2.5)]::vector LIMIT"
                                            + " 1) nearest"))
                    .isEqualTo("500");
            // The C23 symbol of the library is the one that reads numbers out of index options.
            assertThat(query(server, "SELECT '[1,2]'::vector(2)::text")).isEqualTo("[1,2]");
            assertThat(query(server, "SELECT '{1:3.5}/4'::sparsevec::text")).isEqualTo("{1:3.5}/4");
        }
    }

    @Test
    void start_withoutPgvector_runsAndSaysWhy(@TempDir Path cache) throws Exception {
        Map<String, String> nowhere =
                Map.of(PgvectorInstaller.VARIABLE, "http://127.0.0.1:1/vector.deb");
        try (EmbeddedPostgresql server =
                EmbeddedPostgresql.start(
                        settings(directory).withCache(new PlatformCache(cache)),
                        new PgvectorInstaller(nowhere, List.of()))) {
            assertThat(server.pgvector())
                    .isInstanceOfSatisfying(
                            PgvectorAvailability.Unavailable.class,
                            why -> assertThat(why.reason()).contains("http://127.0.0.1:1/"));
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    /** A process that ended but was not collected yet keeps its number, not its folder. */
    private static boolean ended(long pid) {
        return !Files.exists(Path.of("/proc/" + pid + "/cwd"));
    }

    private static EmbeddedPostgresqlSettings settings(Path directory) {
        return EmbeddedPostgresqlSettings.in(directory).withDurability(Durability.RELAXED);
    }

    private static Process launch(Path directory) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LauncherToKill.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Connection connect(EmbeddedPostgresql server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static void update(EmbeddedPostgresql server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgresql server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
