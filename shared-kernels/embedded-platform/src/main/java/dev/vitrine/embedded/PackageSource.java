package dev.vitrine.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where pinned packages come from: the cache, then the archives that the machine's apt uses, then
 * Debian's own. Thread-safe.
 */
public final class PackageSource {

    private static final Logger LOG = LoggerFactory.getLogger(PackageSource.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);

    /** Where a package's verified bytes come from when the cache lacks them. */
    @FunctionalInterface
    interface Origin {
        byte[] read() throws IOException, InterruptedException;
    }

    private final Map<String, String> environment;
    private final List<URI> mirrors;

    PackageSource(Map<String, String> environment, List<URI> mirrors) {
        this.environment = Map.copyOf(environment);
        this.mirrors = List.copyOf(mirrors);
    }

    /** The archives of this machine. */
    public static PackageSource fromEnvironment() {
        return new PackageSource(System.getenv(), DebianMirrors.of(Path.of("/etc/apt")));
    }

    /**
     * Content of the package's regular files whose path (with leading {@code ./}) is wanted.
     *
     * @throws IOException when the package is neither in the cache nor to be had
     */
    public Map<String, byte[]> files(
            PinnedPackage pinned, PlatformCache cache, Predicate<String> wanted)
            throws IOException, InterruptedException {
        return DebianPackage.read(cached(pinned, cache, () -> download(pinned)), wanted);
    }

    /** The package's bytes, verified: from the cache, else from the origin and then kept. */
    static byte[] cached(PinnedPackage pinned, PlatformCache cache, Origin origin)
            throws IOException, InterruptedException {
        Path cached = cache.directory().resolve("downloads").resolve(pinned.file());
        if (Files.exists(cached)) {
            byte[] content = Files.readAllBytes(cached);
            if (pinned.is(content)) {
                return content;
            }
            LOG.warn("{} is damaged and is fetched again", cached);
        }
        byte[] content = origin.read();
        Files.createDirectories(cached.resolveSibling("."));
        FileTree.replace(cached, content);
        return content;
    }

    /** The package's bytes, verified, from the archives. */
    byte[] download(PinnedPackage pinned) throws IOException, InterruptedException {
        return download(
                pinned,
                mirrors.stream()
                        .map(mirror -> URI.create(mirror + pinned.pool() + pinned.file()))
                        .toList());
    }

    /** The package's bytes, verified, from the first address that has them. */
    byte[] download(PinnedPackage pinned, List<URI> addresses)
            throws IOException, InterruptedException {
        IOException failure = new IOException(pinned.title() + " could not be fetched");
        long deadline = System.nanoTime() + pinned.patience().toNanos();
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
                    return download(client, pinned, address, left);
                } catch (IOException e) {
                    IOException named =
                            new IOException(
                                    pinned.title()
                                            + " could not be fetched from "
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

    private static byte[] download(
            HttpClient client, PinnedPackage pinned, URI address, long nanosMax)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofNanos(nanosMax)).build();
        try {
            HttpResponse<byte[]> response =
                    client.sendAsync(
                                    request,
                                    HttpResponse.BodyHandlers.limiting(
                                            HttpResponse.BodyHandlers.ofByteArray(),
                                            pinned.bytesMax()))
                            .get(nanosMax, TimeUnit.NANOSECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return pinned.verified(response.body(), address.toString());
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
}
