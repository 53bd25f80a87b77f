package dev.vitrine.embedded;

import dev.vitrine.embedded.EmbeddedPostgresqlSettings.Durability;
import dev.vitrine.embedded.PlatformException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory of one embedded PostgreSQL and the programs run on it. The caller holds the
 * directory's {@link DirectoryLock}, so it exists.
 *
 * <p>Layout: {@code cluster/} is PostgreSQL's own data directory; {@code password} (mode 0600)
 * holds the superuser's password; {@code postgresql.log} what the server prints; {@code
 * settings.conf}, never written by us, may override our settings.
 */
final class PostgresqlCluster {

    static final String USER = "vitrine";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlCluster.class);
    private static final Duration INITDB_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_POLL = Duration.ofMillis(5);
    private static final long LOG_BYTES_MAX = 8L << 20;
    private static final int LOG_TAIL_CHARS = 1500;
    private static final int PASSWORD_BYTES = 24;

    /**
     * PostgreSQL refuses to run as root. In a user namespace without a mapping, root appears as
     * "nobody" to itself but still owns its files, and needs no second account.
     */
    private static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private final EmbeddedPostgresqlSettings settings;
    private final PostgresqlBinaries binaries;
    private final Path directory;
    private final Path data;
    private final Path log;
    private final Path overrides;

    PostgresqlCluster(EmbeddedPostgresqlSettings settings, PostgresqlBinaries binaries)
            throws IOException {
        this.settings = settings;
        this.binaries = binaries;
        // The system names a process's folder without symbolic links; see livesHere.
        this.directory = settings.directory().toRealPath();
        this.data = directory.resolve("cluster");
        this.log = directory.resolve("postgresql.log");
        this.overrides = directory.resolve("settings.conf");
    }

    /** Makes the cluster if there is none, and returns the superuser's password. */
    String prepare() throws IOException, InterruptedException {
        Path passwordFile = directory.resolve("password");
        if (Files.exists(data)) {
            requireReadable(passwordFile);
        } else {
            create(passwordFile);
        }
        return Files.readString(passwordFile).strip();
    }

    private void requireReadable(Path passwordFile) throws IOException {
        Path versionFile = data.resolve("PG_VERSION");
        String version = Files.exists(versionFile) ? Files.readString(versionFile).strip() : "";
        if (!version.equals(PostgresqlBinaries.MAJOR)) {
            throw new PlatformException(
                    Code.PLATFORM_DIRECTORY_UNUSABLE,
                    data
                            + (version.isEmpty()
                                    ? " is not a PostgreSQL data directory."
                                    : " was made by PostgreSQL " + version + ", this is ")
                            + (version.isEmpty() ? "" : PostgresqlBinaries.MAJOR + "."));
        }
        if (!Files.exists(passwordFile)) {
            throw new PlatformException(
                    Code.PLATFORM_DIRECTORY_UNUSABLE,
                    "The password of the database in "
                            + data
                            + " is gone: "
                            + passwordFile
                            + " is missing. Restore that file.");
        }
    }

    /** The cluster gets its final name only when whole, so an interrupted creation is repeated. */
    private void create(Path passwordFile) throws IOException, InterruptedException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        Path part = directory.resolve("cluster.part");
        FileTree.delete(part);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                binaries.program("initdb"),
                                "--pgdata=" + part,
                                "--username=" + USER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                // Sorting must not change with the host's C library.
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums"));
        if (settings.durability() == Durability.RELAXED) {
            command.add("--no-sync");
        }
        HostCommand.Result result = HostCommand.run(asServerUser(command), INITDB_TIMEOUT);
        if (!result.succeeded()) {
            throw new PlatformException(
                    Code.PLATFORM_START_FAILED,
                    "initdb failed in "
                            + settings.directory()
                            + ": "
                            + result.output()
                            + (result.output().contains("unshare")
                                    ? " (PostgreSQL does not run as root, and user namespaces are"
                                            + " not allowed here: start as an ordinary user.)"
                                    : ""));
        }
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Ends what a killed launcher left running here, in an orderly way where a postmaster is there
     * to be asked.
     */
    void stopOrphans() throws IOException, InterruptedException {
        List<ProcessHandle> orphans = processes();
        Optional<ProcessHandle> postmaster =
                recordedPid()
                        .flatMap(pid ->
                                orphans.stream().filter(orphan -> orphan.pid() == pid).findFirst());
        if (postmaster.isPresent()) {
            LOG.warn(
                    "Stopping PostgreSQL (process {}) that an earlier or interrupted start left in {}",
                    postmaster.get().pid(),
                    data);
            stop();
        }
        // Without a postmaster its children only wait to notice that; the next start recovers.
        for (ProcessHandle orphan : orphans) {
            if (orphan.isAlive()) {
                orphan.destroyForcibly();
            }
            awaitEnd(orphan);
        }
        if (postmaster.isEmpty() && recordedPid().filter(this::livesElsewhere).isPresent()) {
            // The number belongs to another program by now; PostgreSQL would take it for a server.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    /** Starts the server and waits until it accepts connections; returns the postmaster. */
    ProcessHandle start(int port) throws IOException, InterruptedException {
        writeConfiguration(port);
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(
                    log,
                    log.resolveSibling("postgresql.log.1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        // pg_ctl, not postgres itself: it gives the server a session of its own, so that Ctrl-C in
        // the terminal reaches the launcher only, which stops the server last.
        HostCommand.Result result = pgCtlStart();
        Optional<ProcessHandle> postmaster = recordedPid().flatMap(ProcessHandle::of);
        if (!result.succeeded() || postmaster.isEmpty()) {
            String printed = logSince(logStart);
            if (postmaster.isPresent()) {
                stop();
            }
            throw new PlatformException(
                    printed.contains("could not bind IPv4 address")
                            ? Code.PLATFORM_PORT_IN_USE
                            : Code.PLATFORM_START_FAILED,
                    "PostgreSQL did not start on port "
                            + port
                            + " in "
                            + settings.directory()
                            + ": "
                            + result.output()
                            + "\n"
                            + printed);
        }
        return postmaster.get();
    }

    private HostCommand.Result pgCtlStart() throws IOException, InterruptedException {
        try {
            return HostCommand.run(
                    asServerUser(
                            List.of(
                                    binaries.program("pg_ctl"),
                                    "start",
                                    "--pgdata=" + data,
                                    "--log=" + log,
                                    "--wait",
                                    "--silent",
                                    "--timeout=" + settings.startTimeout().toSeconds())),
                    settings.startTimeout().plusSeconds(5));
        } catch (InterruptedException e) {
            // The server lives in a session of its own, and nobody is told of it.
            stopOrphans();
            throw e;
        }
    }

    /** Stops the server: open transactions are rolled back, then pages are written. */
    void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> postmaster =
                recordedPid().flatMap(ProcessHandle::of).filter(this::livesHere);
        if (postmaster.isEmpty()) {
            return;
        }
        HostCommand.Result result = pgCtlStop("fast");
        if (!result.succeeded() && runs(postmaster.get())) {
            LOG.warn(
                    "PostgreSQL did not stop in {}, stopping it hard: {}",
                    settings.stopTimeout(),
                    result.output());
            pgCtlStop("immediate");
        }
        awaitEnd(postmaster.get());
    }

    private HostCommand.Result pgCtlStop(String mode) throws IOException, InterruptedException {
        return HostCommand.run(
                asServerUser(
                        List.of(
                                binaries.program("pg_ctl"),
                                "stop",
                                "--pgdata=" + data,
                                "--mode=" + mode,
                                "--wait",
                                "--silent",
                                "--timeout=" + settings.stopTimeout().toSeconds())),
                settings.stopTimeout().plusSeconds(5));
    }

    /**
     * Looks every few milliseconds. The server is no child of this JVM: {@link
     * ProcessHandle#onExit} looks at such processes at growing intervals, and counts one as alive
     * until the system's first process has collected it, which takes a second in some containers.
     */
    private void awaitEnd(ProcessHandle process) throws InterruptedException {
        long deadline = System.nanoTime() + settings.stopTimeout().toNanos();
        while (runs(process)) {
            if (System.nanoTime() - deadline > 0) {
                throw new PlatformException(
                        Code.PLATFORM_STOP_FAILED,
                        "PostgreSQL, process " + process.pid() + ", does not end.");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(END_POLL.toNanos());
        }
    }

    private void writeConfiguration(int port) throws IOException {
        boolean durable = settings.durability() == Durability.DURABLE;
        String configuration =
                // Not %d: it writes the digits of the user's language, which PostgreSQL cannot
                // read.
                """
                # Written at every start. To override a setting, write it into
                # %s
                listen_addresses = '%s'
                port = %s
                unix_socket_directories = ''
                max_connections = %s
                password_encryption = 'scram-sha-256'
                shared_buffers = %sMB
                work_mem = 8MB
                maintenance_work_mem = 128MB
                # One machine, no replicas: little write-ahead log, and none for bulk loads.
                wal_level = minimal
                max_wal_senders = 0
                min_wal_size = 80MB
                max_wal_size = 512MB
                max_worker_processes = 4
                max_parallel_workers = 2
                autovacuum_max_workers = 2
                # Queries here are short; compiling them costs more than it saves.
                jit = off
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                log_min_messages = warning
                log_checkpoints = off
                log_line_prefix = '%%m [%%p] %%d '
                lc_messages = 'C'
                timezone = 'UTC'
                log_timezone = 'UTC'
                include_if_exists = '%s'
                """
                        .formatted(
                                overrides,
                                LoopbackPort.HOST,
                                port,
                                settings.maxConnections(),
                                settings.sharedBuffersMib(),
                                onOff(durable),
                                onOff(durable),
                                onOff(durable),
                                overrides.toString().replace("'", "''"));
        FileTree.replace(
                data.resolve("postgresql.conf"), configuration.getBytes(StandardCharsets.UTF_8));
        FileTree.replace(
                data.resolve("pg_hba.conf"),
                "host all all 127.0.0.1/32 scram-sha-256\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** First line of postmaster.pid; empty when no server runs or the file is half written. */
    private Optional<Long> recordedPid() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String first = Files.readString(file).lines().findFirst().orElse("").strip();
        return first.matches("\\d{1,10}") ? Optional.of(Long.valueOf(first)) : Optional.empty();
    }

    /** Every process of this cluster: the postmaster and its children work in its folder. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::livesHere).toList();
    }

    /** False as soon as the process has ended: then it has no working directory any more. */
    boolean runs(ProcessHandle process) {
        return process.isAlive() && livesHere(process);
    }

    private boolean livesHere(ProcessHandle process) {
        return workingDirectory(process.pid()).filter(data::equals).isPresent();
    }

    private boolean livesElsewhere(long pid) {
        return workingDirectory(pid).filter(directory -> !directory.equals(data)).isPresent();
    }

    /** Empty for processes that ended or belong to somebody else. */
    private static Optional<Path> workingDirectory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")));
        } catch (IOException e) {
            LOG.trace("Process {} does not show its folder", pid, e);
            return Optional.empty();
        }
    }

    private List<String> asServerUser(List<String> command) throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(AS_NOBODY);
        wrapped.addAll(command);
        return wrapped;
    }

    private String logSince(long offset) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (var channel = Files.newByteChannel(log, StandardOpenOption.READ)) {
            channel.position(Math.max(offset, channel.size() - LOG_TAIL_CHARS));
            byte[] tail = new byte[LOG_TAIL_CHARS];
            int read = channel.read(java.nio.ByteBuffer.wrap(tail));
            return new String(tail, 0, Math.max(0, read), StandardCharsets.UTF_8).strip();
        }
    }
}
