package dev.vitrine.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.PackageSource;
import dev.vitrine.embedded.PinnedPackage;
import dev.vitrine.embedded.PlatformCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The compose file against Compose itself and the services' own configuration. */
class ComposeFileTest {

    /** Compose 2.26.1; its {@code config} needs no engine. */
    private static final PinnedPackage COMPOSE =
            new PinnedPackage(
                    "Compose's package",
                    "/pool/main/d/docker-compose/",
                    "docker-compose_2.26.1-4_amd64.deb",
                    "47681197cb2b1ab88206b42a1a92fc75f50d9530a6322d03494a473eed0408ea",
                    32L << 20,
                    Duration.ofSeconds(60));

    private static final String BINARY = "./usr/libexec/docker/cli-plugins/docker-compose";

    private static final Map<String, Integer> PORTS =
            Map.of(
                    "gateway", 8080,
                    "embedding", 8081,
                    "index", 8082,
                    "retrieval", 8083,
                    "recommender", 8084);

    @TempDir static Path folder;

    private static @Nullable Path compose;

    @BeforeAll
    static void fetchCompose() throws InterruptedException {
        try {
            byte[] binary =
                    PackageSource.fromEnvironment()
                            .files(COMPOSE, PlatformCache.fromEnvironment(), BINARY::equals)
                            .get(BINARY);
            if (binary == null) {
                throw new IOException("no " + BINARY + " in it");
            }
            compose =
                    Files.createFile(
                            folder.resolve("docker-compose"),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            Files.write(compose, binary);
        } catch (IOException e) {
            System.out.println(
                    "NOT TESTED: what Compose says of docker-compose.yml (" + e.getMessage() + ")");
        }
    }

    @Test
    void compose_takesTheFile() throws Exception {
        if (compose != null) {
            assertThat(complaint(compose, Checkout.COMPOSE_FILE)).isEmpty();
        }
    }

    /** What the test above would not see if Compose let everything pass. */
    @ParameterizedTest
    @CsvSource({
        "read_only: true,reed_only: true",
        "condition: service_healthy,condition: service_helthy",
        "'kafka: {condition: service_healthy}','kafqa: {condition: service_healthy}'",
        "'volumes: [/tmp, \"index:','volumes: [/tmp, \"unknown:'"
    })
    void compose_plantedFault_isRefused(String right, String wrong) throws Exception {
        if (compose != null) {
            String text = Files.readString(Checkout.COMPOSE_FILE);
            assertThat(text).contains(right);
            Path file = folder.resolve("faulty.yml");
            Files.writeString(file, text.replace(right, wrong));
            assertThat(complaint(compose, file)).isNotEmpty();
        }
    }

    @Test
    void services_areTheFiveWithWhatTheyNeed() throws Exception {
        JsonNode services = services();
        assertThat(services.propertyNames())
                .containsExactlyInAnyOrder(
                        "postgresql",
                        "kafka",
                        "embedding",
                        "index",
                        "retrieval",
                        "recommender",
                        "gateway",
                        "prometheus",
                        "grafana");
        for (String name : ServiceArtifact.NAMES) {
            JsonNode service = services.path(name);
            assertThat(service.path("image").asString())
                    .isEqualTo(
                            "${VITRINE_IMAGES:-}vitrine-"
                                    + name
                                    + ":${VITRINE_TAG:-"
                                    + Checkout.VERSION
                                    + "}");
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("user").asString()).isEqualTo("65532:65532");
        }
        assertThat(services.values()).allMatch(service -> service.has("healthcheck"));
    }

    @Test
    void variablesAndPorts_areTheServices() throws Exception {
        for (String name : ServiceArtifact.NAMES) {
            Map<String, String> environment = environment(name);
            ServiceConfiguration service = ServiceConfiguration.of(name);
            assertThat(environment.keySet()).as(name).allMatch(service::reads);
            assertThat(environment.keySet())
                    .as("%s.yml names them, the compose file must set them", name)
                    .containsAll(service.variables().keySet());
            String port = String.valueOf(PORTS.get(name));
            assertThat(environment)
                    .containsEntry(service.portVariable(), port)
                    .containsEntry("PROBE", "127.0.0.1/" + port)
                    .containsEntry("VITRINE_BIND", "0.0.0.0");
        }
        assertThat(services().path("gateway").path("ports").path(0).asString()).endsWith(":8080");
    }

    @Test
    void addresses_leadToServicesWithTheirPorts() throws Exception {
        Pattern address = Pattern.compile("(?:https?|postgresql)://([a-z]+):(\\d+)");
        for (String name : ServiceArtifact.NAMES) {
            for (String value : environment(name).values()) {
                Matcher matcher = address.matcher(value);
                while (matcher.find()) {
                    int expected = PORTS.getOrDefault(matcher.group(1), 5432);
                    assertThat(Integer.parseInt(matcher.group(2))).isEqualTo(expected);
                    assertThat(services().has(matcher.group(1))).isTrue();
                }
            }
        }
        assertThat(environment("kafka"))
                .containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092");
        assertThat(environment("index")).containsEntry("VITRINE_KAFKA", "kafka:9092");
    }

    @Test
    void healthCheckAndMetrics_askPathsThatAnswer() throws Exception {
        Matcher probe =
                Pattern.compile("GET (/\\S+) HTTP")
                        .matcher(Files.readString(Checkout.COMPOSE_FILE));
        assertThat(probe.find()).isTrue();
        JsonNode prometheus =
                yaml(Checkout.ROOT.resolve("packaging/compose/prometheus.yml"))
                        .path("scrape_configs")
                        .path(0);
        Map<String, String> targets = new TreeMap<>();
        for (JsonNode target : prometheus.path("static_configs")) {
            targets.put(
                    target.path("labels").path("service").asString(),
                    target.path("targets").path(0).asString());
        }
        for (String name : ServiceArtifact.NAMES) {
            ServiceConfiguration service = ServiceConfiguration.of(name);
            assertThat(service.answers(probe.group(1))).isTrue();
            assertThat(service.answers(prometheus.path("metrics_path").asString())).isTrue();
            assertThat(targets).containsEntry(name, name + ":" + PORTS.get(name));
        }
        assertThat(targets).hasSameSizeAs(ServiceArtifact.NAMES);
    }

    @Test
    void mountedFiles_exist() throws Exception {
        List<String> mounted = new ArrayList<>();
        for (JsonNode service : services()) {
            for (JsonNode volume : service.path("volumes")) {
                String text = volume.asString();
                if (text.startsWith("./")) {
                    mounted.add(text.substring(0, text.indexOf(':')));
                }
            }
        }
        assertThat(mounted)
                .hasSize(4)
                .allSatisfy(file -> assertThat(Checkout.ROOT.resolve(file)).exists());
    }

    /** What Compose says against the file; empty when it takes it. */
    private static String complaint(Path compose, Path file) throws Exception {
        Path output = Files.createTempFile(folder, "compose", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                        compose.toString(),
                        "--project-directory",
                        Checkout.ROOT.toString(),
                        "-f",
                        file.toString(),
                        "--profile",
                        "monitoring",
                        "config",
                        "-q");
        builder.environment().keySet().removeIf(name -> name.startsWith("VITRINE_"));
        int status =
                builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        return status == 0 ? said : "status " + status + ": " + said;
    }

    private static Map<String, String> environment(String name) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        services()
                .path(name)
                .path("environment")
                .forEachEntry((variable, value) -> environment.put(variable, value.asString()));
        return environment;
    }

    private static JsonNode services() throws IOException {
        return yaml(Checkout.COMPOSE_FILE).path("services");
    }

    /** With what {@code <<} merges; Jackson's own reader leaves that out. */
    private static JsonNode yaml(Path file) throws IOException {
        Object content =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return JsonMapper.shared().valueToTree(content);
    }
}
