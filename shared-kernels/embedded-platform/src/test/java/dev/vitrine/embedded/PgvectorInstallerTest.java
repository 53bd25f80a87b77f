package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.embedded.PgvectorAvailability.Available;
import dev.vitrine.embedded.PgvectorAvailability.Unavailable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgvectorInstallerTest {

    @TempDir Path folder;

    private Path postgresql;
    private PlatformCache cache;

    @BeforeEach
    void makeFolders() throws Exception {
        postgresql = folder.resolve("postgresql");
        Files.createDirectories(postgresql.resolve("share/postgresql/extension"));
        Files.createDirectories(postgresql.resolve("lib/postgresql"));
        cache = new PlatformCache(folder.resolve("cache"));
    }

    @Test
    void install_localPackage_putsTheThreeKindsOfFile() throws Exception {
        Path deb = realPackage();
        if (!Files.exists(deb)) {
            System.out.println("NOT TESTED: installing the real package, " + deb + " is absent");
            return;
        }
        PgvectorInstaller installer =
                new PgvectorInstaller(
                        Map.of(PgvectorInstaller.VARIABLE, deb.toString()), List.of());
        assertThat(installer.install(postgresql, cache)).isEqualTo(new Available("0.8.0"));
        Path extensions = postgresql.resolve("share/postgresql/extension");
        assertThat(extensions.resolve("vector.control")).content().contains("'0.8.0'");
        assertThat(extensions.resolve("vector--0.8.0.sql")).isNotEmptyFile();
        assertThat(postgresql.resolve("lib/postgresql/vector.so")).isNotEmptyFile();

        // Installed and cached: neither a source nor a network is needed again.
        PgvectorInstaller offline = new PgvectorInstaller(Map.of(), List.of());
        assertThat(offline.install(postgresql, cache)).isEqualTo(new Available("0.8.0"));
        Files.delete(extensions.resolve("vector.control"));
        assertThat(offline.install(postgresql, cache)).isEqualTo(new Available("0.8.0"));
    }

    @Test
    void install_switchedOff_isUnavailable() {
        PgvectorInstaller installer =
                new PgvectorInstaller(Map.of(PgvectorInstaller.VARIABLE, "none"), List.of());
        assertThat(installer.install(postgresql, cache))
                .isEqualTo(
                        new Unavailable("pgvector is switched off by VITRINE_PGVECTOR_DEB=none"));
    }

    @Test
    void install_missingFile_isUnavailable() {
        Path missing = folder.resolve("missing.deb");
        PgvectorInstaller installer =
                new PgvectorInstaller(
                        Map.of(PgvectorInstaller.VARIABLE, missing.toString()), List.of());
        assertThat(installer.install(postgresql, cache))
                .isEqualTo(
                        new Unavailable(
                                "VITRINE_PGVECTOR_DEB names " + missing + ", which is not a file"));
    }

    @Test
    void install_otherPackage_isUnavailableAndNotKept() throws Exception {
        Path other = Files.writeString(folder.resolve("other.deb"), "something else");
        PgvectorInstaller installer =
                new PgvectorInstaller(
                        Map.of(PgvectorInstaller.VARIABLE, other.toString()), List.of());
        assertThat(installer.install(postgresql, cache))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        why ->
                                assertThat(why.reason())
                                        .startsWith(other + " has SHA-256 ")
                                        .contains(PgvectorInstaller.SHA_256));
        assertThat(cache.directory()).doesNotExist();
        assertThat(postgresql.resolve("lib/postgresql")).isEmptyDirectory();
    }

    @Test
    void install_mirrors_areAskedInOrderUntilOneServesThePinnedPackage() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        byte[] wrong = "an error page".getBytes(StandardCharsets.US_ASCII);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().getPath());
                    boolean absent = exchange.getRequestURI().getPath().startsWith("/absent");
                    exchange.sendResponseHeaders(absent ? 404 : 200, absent ? -1 : wrong.length);
                    if (!absent) {
                        exchange.getResponseBody().write(wrong);
                    }
                    exchange.close();
                });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            PgvectorInstaller installer =
                    new PgvectorInstaller(
                            Map.of(),
                            List.of(URI.create(base + "/absent"), URI.create(base + "/wrong")));
            assertThat(installer.install(postgresql, cache))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            why ->
                                    assertThat(why.reason())
                                            .contains(base + "/wrong/pool/main/p/pgvector/"));
            assertThat(asked)
                    .containsExactly(
                            "/absent/pool/main/p/pgvector/" + PgvectorInstaller.PACKAGE,
                            "/wrong/pool/main/p/pgvector/" + PgvectorInstaller.PACKAGE);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "glibc 2.36, true",
        "glibc 2.37, true",
        "glibc 2.38, false",
        "glibc 2.41, false",
        "glibc 3.0, false",
        "'', true",
        "musl, true"
    })
    void glibcOlderThan238_readsGetconf(String printed, boolean older) {
        assertThat(PgvectorInstaller.glibcOlderThan238(printed)).isEqualTo(older);
    }

    @Test
    void mirrors_ofBothAptFormats_areTheMachinesOwnFirst() throws Exception {
        Path apt =
                Files.createDirectories(folder.resolve("apt/sources.list.d")).resolveSibling(".");
        Files.writeString(
                apt.resolve("sources.list"),
                """
                # deb http://commented.example/debian bookworm main
                deb [signed-by=/k.gpg] http://one.example/debian/ bookworm main
                deb http://one.example/debian-security bookworm-security main
                deb cdrom:[Debian]/ bookworm main
                """);
        Files.writeString(
                apt.resolve("sources.list.d/b.sources"),
                """
                Types: deb
                URIs: https://two.example/debian http://three.example/mirror/debian
                Suites: trixie
                """);
        Files.writeString(
                apt.resolve("sources.list.d/c.list"), "deb https://other.example/apt x y");
        List<String> found = new ArrayList<>();
        DebianMirrors.of(apt).forEach(mirror -> found.add(mirror.toString()));
        assertThat(found)
                .containsExactly(
                        "http://one.example/debian",
                        "https://two.example/debian",
                        "http://three.example/mirror/debian",
                        "https://deb.debian.org/debian");
        assertThat(DebianMirrors.of(folder.resolve("absent"))).hasSize(1);
    }

    private static Path realPackage() {
        return PlatformCache.fromEnvironment()
                .directory()
                .resolve("downloads")
                .resolve(PgvectorInstaller.PACKAGE);
    }
}
