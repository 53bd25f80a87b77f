package dev.vitrine.embedded;

import dev.vitrine.embedded.PgvectorAvailability.Available;
import dev.vitrine.embedded.PgvectorAvailability.Unavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    private static final String POOL = "/pool/main/p/pgvector/";
    private static final String LIBRARY = "./usr/lib/postgresql/17/lib/vector.so";
    private static final String EXTENSION = "./usr/share/postgresql/17/extension/";

    /** The package has 261,480 bytes. */
    private static final long DOWNLOAD_BYTES_MAX = 4L << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);

    /** For all addresses together: without a network, a start must not be held up for long. */
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(15);

    private final String configured;
    private final List<URI> mirrors;
    private final Map<String, String> environment;

    PgvectorInstaller(Map<String, String> environment, List<URI> mirrors) {
        this.environment = Map.copyOf(environment);
        this.configured = environment.getOrDefault(VARIABLE, "").strip();
        this.mirrors = List.copyOf(mirrors);
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
            byte[] deb = fetch(cache.directory().resolve("downloads").resolve(PACKAGE));
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

    /** The package's bytes, verified. */
    private byte[] fetch(Path cached) throws IOException, InterruptedException {
        if (Files.exists(cached)) {
            byte[] content = Files.readAllBytes(cached);
            if (sha256(content).equals(SHA_256)) {
                return content;
            }
            LOG.warn("{} is damaged and is fetched again", cached);
        }
        byte[] content;
        if (configured.isEmpty()) {
            content =
                    download(
                            mirrors.stream()
                                    .map(mirror -> URI.create(mirror + POOL + PACKAGE))
                                    .toList());
        } else if (configured.startsWith("http://") || configured.startsWith("https://")) {
            content = download(List.of(URI.create(configured)));
        } else {
            Path file = Path.of(configured);
            if (!Files.isRegularFile(file)) {
                throw new IOException(VARIABLE + " names " + file + ", which is not a file");
            }
            content = verified(Files.readAllBytes(file), configured);
        }
        Files.createDirectories(cached.resolveSibling("."));
        FileTree.replace(cached, content);
        return content;
    }

    private byte[] download(List<URI> addresses) throws IOException, InterruptedException {
        IOException failure = new IOException("pgvector's package could not be fetched");
        long deadline = System.nanoTime() + DOWNLOAD_TIMEOUT.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .proxy(proxy())
                        .build()) {
            for (URI address : addresses) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                try {
                    return download(client, address, left);
                } catch (IOException e) {
                    IOException named =
                            new IOException(
                                    "pgvector's package could not be fetched from "
                                            + address
                                            + ": "
                                            + e,
                                    e);
                    named.addSuppressed(failure);
                    failure = named;
                }
            }
            // Waiting for a hanging connection in close() would break the deadline.
            client.shutdownNow();
        }
        throw failure;
    }

    private static byte[] download(HttpClient client, URI address, long nanosMax)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofNanos(nanosMax)).build();
        try {
            HttpResponse<byte[]> response =
                    client.sendAsync(
                                    request,
                                    HttpResponse.BodyHandlers.limiting(
                                            HttpResponse.BodyHandlers.ofByteArray(),
                                            DOWNLOAD_BYTES_MAX))
                            .get(nanosMax, TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return verified(response.body(), address.toString());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        }
    }

    /** The JVM's own proxy settings, else the one that the shell's variables name. */
    private ProxySelector proxy() {
        boolean ofJvm =
                System.getProperty("http.proxyHost") != null
                        || System.getProperty("https.proxyHost") != null;
        String named =
                environment.getOrDefault(
                        "https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        if (ofJvm || named.isBlank()) {
            return ProxySelector.getDefault();
        }
        URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
        if (proxy.getHost() == null) {
            return ProxySelector.getDefault();
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), port));
    }

    private static byte[] verified(byte[] content, String origin) throws IOException {
        String actual = sha256(content);
        if (!actual.equals(SHA_256)) {
            throw new IOException(
                    origin + " has SHA-256 " + actual + " but " + SHA_256 + " is expected");
        }
        return content;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
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
