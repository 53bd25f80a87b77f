package dev.vitrine.embedded;

import dev.vitrine.embedded.PgvectorAvailability.Available;
import dev.vitrine.embedded.PgvectorAvailability.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Debian's build of pgvector into the unpacked PostgreSQL.
 *
 * <p>No Maven artifact carries the native extension, so three kinds of file come out of one Debian
 * package, whose SHA-256 is pinned here: wherever it comes from, it is the same package. It is
 * looked for in the cache, then in the archives that the machine's apt uses, then at Debian's. The
 * variable {@code VITRINE_PGVECTOR_DEB} names another place for it (a file or an http address), or
 * {@code none} to do without.
 *
 * <p>Nothing throws for want of a network: the answer says {@link Unavailable} with the reason, and
 * PostgreSQL runs without the extension. On a glibc older than 2.38 the library is edited; see
 * {@link GlibcSymbolVersion}.
 */
public final class PgvectorInstaller {

    /** Name of the environment variable that says where the package is. */
    public static final String VARIABLE = "VITRINE_PGVECTOR_DEB";

    static final String VERSION = "0.8.0";
    static final String PACKAGE = "postgresql-17-pgvector_0.8.0-1_amd64.deb";
    static final String SHA_256 =
            "6e8a457eb252617b66cf7b2908c736127eae43703fffec94492ac131ca921515";

    private static final Logger LOG = LoggerFactory.getLogger(PgvectorInstaller.class);

    /** The package has 261,480 bytes. Without a network, a start must not be held up for long. */
    private static final PinnedPackage PINNED =
            new PinnedPackage(
                    "pgvector's package",
                    "/pool/main/p/pgvector/",
                    PACKAGE,
                    SHA_256,
                    4L << 20,
                    Duration.ofSeconds(15));

    private static final String LIBRARY = "./usr/lib/postgresql/17/lib/vector.so";
    private static final String EXTENSION = "./usr/share/postgresql/17/extension/";

    private final String configured;
    private final PackageSource source;

    PgvectorInstaller(Map<String, String> environment, List<URI> mirrors) {
        this.configured = environment.getOrDefault(VARIABLE, "").strip();
        this.source = new PackageSource(environment, mirrors);
    }

    /** Looks where {@code VITRINE_PGVECTOR_DEB} says, else in the machine's Debian archives. */
    public static PgvectorInstaller fromEnvironment() {
        return new PgvectorInstaller(System.getenv(), DebianMirrors.of(Path.of("/etc/apt")));
    }

    /**
     * Installs the extension into an unpacked PostgreSQL 17 unless it is there.
     *
     * @param postgresql the folder with {@code lib/postgresql} and {@code share/postgresql}
     */
    PgvectorAvailability install(Path postgresql, PlatformCache cache) {
        if (configured.equals("none")) {
            return new Unavailable("pgvector is switched off by " + VARIABLE + "=none");
        }
        Path extensions = postgresql.resolve("share/postgresql/extension");
        // Written last, so its presence means that all is there.
        Path control = extensions.resolve("vector.control");
        if (Files.exists(control)) {
            return new Available(VERSION);
        }
        try {
            byte[] deb = PackageSource.cached(PINNED, cache, this::read);
            Map<String, byte[]> files =
                    DebianPackage.read(
                            deb, name -> name.equals(LIBRARY) || name.startsWith(EXTENSION));
            byte[] library = files.remove(LIBRARY);
            byte[] controlFile = files.remove(EXTENSION + "vector.control");
            if (library == null || controlFile == null) {
                return new Unavailable("the package " + PACKAGE + " lacks files of pgvector");
            }
            boolean edit = glibcOlderThan238();
            FileTree.replace(
                    postgresql.resolve("lib/postgresql/vector.so"),
                    edit ? GlibcSymbolVersion.lower(library) : library);
            for (Map.Entry<String, byte[]> script : files.entrySet()) {
                FileTree.replace(
                        extensions.resolve(script.getKey().substring(EXTENSION.length())),
                        script.getValue());
            }
            FileTree.replace(control, controlFile);
            LOG.info(
                    "pgvector {} installed{}",
                    VERSION,
                    edit ? ", made to load on this system's older glibc" : "");
            return new Available(VERSION);
        } catch (IOException e) {
            LOG.debug("pgvector was not installed", e);
            return new Unavailable(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted while pgvector was being fetched");
        }
    }

    /** The package from where {@code VITRINE_PGVECTOR_DEB} says. */
    private byte[] read() throws IOException, InterruptedException {
        if (configured.isEmpty()) {
            return source.download(PINNED);
        }
        if (configured.startsWith("http://") || configured.startsWith("https://")) {
            return source.download(PINNED, List.of(URI.create(configured)));
        }
        Path file = Path.of(configured);
        if (!Files.isRegularFile(file)) {
            throw new IOException(VARIABLE + " names " + file + ", which is not a file");
        }
        return PINNED.verified(Files.readAllBytes(file), configured);
    }

    /** Unknown counts as older: the edited library loads on newer systems too. */
    private static boolean glibcOlderThan238() throws InterruptedException {
        try {
            HostCommand.Result result =
                    HostCommand.run(List.of("getconf", "GNU_LIBC_VERSION"), Duration.ofSeconds(5));
            return glibcOlderThan238(result.output());
        } catch (IOException e) {
            LOG.debug("getconf does not run; taking the edited library", e);
            return true;
        }
    }

    static boolean glibcOlderThan238(String getconf) {
        if (!getconf.matches("glibc \\d+\\.\\d+.*")) {
            return true;
        }
        String[] parts = getconf.substring("glibc ".length()).split("[^0-9]+", 3);
        int major = Integer.parseInt(parts[0]);
        return major < 2 || (major == 2 && Integer.parseInt(parts[1]) < 38);
    }
}
