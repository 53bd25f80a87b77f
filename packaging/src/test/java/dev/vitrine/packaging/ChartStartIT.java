package dev.vitrine.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestDatabase;
import dev.vitrine.embedded.testing.TestPlatform;
import dev.vitrine.packaging.Chart.Workload;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the chart renders, started here: each container's command, arguments and environment, with
 * names and ports of the cluster replaced by free ones of this machine, and asked at its probes.
 */
class ChartStartIT {

    /** Recording rules and exporters of others may be named in a dashboard; none is today. */
    private static final Pattern METRIC =
            Pattern.compile(
                    "\\b((?:vitrine|index|embedding|recommender|http|jvm|process|system)_\\w+)");

    @TempDir static Path folder;

    private static final Map<String, Integer> ports = new HashMap<>();
    private static final List<ServiceProcess> started = new ArrayList<>();
    private static List<HasMetadata> objects = List.of();

    @BeforeAll
    static void startEverything() throws Exception {
        objects = Chart.render("");
        List<Workload> workloads = Chart.workloads(objects);
        for (Workload workload : workloads) {
            workload.container()
                    .getPorts()
                    .forEach(port -> ports.put(key(workload, port.getName()), freePort()));
        }
        TestDatabase database = TestPlatform.freshDatabase(ChartStartIT.class);
        List<Workload> waiting = new ArrayList<>();
        for (Workload workload : workloads) {
            started.add(start(workload, database));
            waiting.add(workload);
        }
        for (int i = 0; i < waiting.size(); i++) {
            Workload workload = waiting.get(i);
            started.get(i)
                    .awaitSuccess(
                            probe(workload, workload.container().getStartupProbe().getHttpGet()));
            started.get(i)
                    .awaitSuccess(
                            probe(workload, workload.container().getReadinessProbe().getHttpGet()));
        }
    }

    @AfterAll
    static void stopEverything() {
        // All at once: each takes its time to end in order.
        started.parallelStream().forEach(ServiceProcess::close);
    }

    @Test
    void helmTest_asksWhatAnswers() throws Exception {
        Pod test = Chart.of(Pod.class, objects).getFirst();
        URI inCluster =
                URI.create(test.getSpec().getContainers().getFirst().getCommand().getLast());
        URI here = URI.create(replaced(inCluster.toString()));
        assertThat(here.getPort()).isEqualTo(ports.get("gateway http"));
        var answer = started.getFirst().get(here);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"catalogs\":[]}");
    }

    @Test
    void actuator_ofTheGateway_isOnlyAtTheManagementPort() throws Exception {
        int open = ports.getOrDefault("gateway http", 0);
        URI leaked = URI.create("http://127.0.0.1:" + open + "/actuator/prometheus");
        assertThat(started.getFirst().get(leaked).statusCode()).isEqualTo(404);
    }

    @Test
    void composeHealthCheck_succeedsWhereTheProbeDoes() throws Exception {
        Matcher script =
                Pattern.compile("(?m)^ *- (exec 3<>.*)$")
                        .matcher(Files.readString(Checkout.COMPOSE_FILE));
        assertThat(script.find()).isTrue();
        String command = script.group(1).replace("$$PROBE", "$PROBE");
        assertThat(bash(command, ports.getOrDefault("embedding http", 0))).isZero();
        assertThat(bash(command, freePort())).isNotZero();
    }

    @Test
    void dashboard_asksForMetricsThatExist() throws Exception {
        Set<String> wanted = new LinkedHashSet<>();
        JsonNode dashboard =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        Checkout.CHART.resolve("dashboards/vitrine.json")));
        for (JsonNode expression : dashboard.findValues("expr")) {
            Matcher metric = METRIC.matcher(expression.stringValue());
            while (metric.find()) {
                wanted.add(metric.group(1));
            }
        }
        assertThat(wanted).hasSizeGreaterThan(10);
        StringBuilder exposed = new StringBuilder();
        for (Workload workload : Chart.workloads(objects)) {
            HTTPGetAction probe = workload.container().getReadinessProbe().getHttpGet();
            URI metrics = probe(workload, probe).resolve("/actuator/prometheus");
            exposed.append(started.getFirst().get(metrics).body());
        }
        String all = exposed.toString();
        assertThat(wanted)
                .allMatch(metric -> Pattern.compile("(?m)^" + metric + "[{ ]").matcher(all).find());
    }

    private static ServiceProcess start(Workload workload, TestDatabase database)
            throws IOException {
        ImageLayout layout =
                ImageLayout.write(
                        ServiceArtifact.of(Checkout.ROOT, workload.service(), Checkout.VERSION),
                        folder.resolve(workload.name()).resolve("app"));
        List<String> command = new ArrayList<>(workload.container().getCommand());
        command.addAll(workload.container().getArgs());
        command.replaceAll(part -> part.replace(ImageLayout.APP + "/", layout.app() + "/"));
        assertThat(command.getFirst()).isEqualTo("java");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : workload.container().getEnv()) {
            environment.put(variable.getName(), here(workload, variable, database));
        }
        return ServiceProcess.start(
                workload.name(), command, environment, folder.resolve(workload.name() + ".txt"));
    }

    /** The variable's value with this machine in place of the cluster. */
    private static String here(Workload workload, EnvVar variable, TestDatabase database) {
        String name = variable.getName();
        return switch (name) {
            case "VITRINE_JDBC_URL" -> database.jdbcUrl();
            case "VITRINE_JDBC_USER" -> database.user();
            case "VITRINE_JDBC_PASSWORD" -> database.password();
            case "VITRINE_KAFKA" -> TestPlatform.kafkaBootstrapServers();
            case "VITRINE_BIND" -> "127.0.0.1";
            case "VITRINE_DATA", "DJL_CACHE_DIR" ->
                    folder.resolve(workload.name()) + variable.getValue();
            case "MANAGEMENT_SERVER_PORT" -> String.valueOf(ports.get(key(workload, "management")));
            default ->
                    name.equals(ServiceConfiguration.of(workload.service()).portVariable())
                            ? String.valueOf(ports.get(key(workload, "http")))
                            : replaced(variable.getValue());
        };
    }

    /** Addresses of the chart's services lead to this machine. */
    private static String replaced(String value) {
        Matcher address = Pattern.compile("http://shop-vitrine-([a-z-]+):\\d+").matcher(value);
        return address.replaceAll(match -> {
            String component = match.group(1).equals("index-search") ? "index" : match.group(1);
            return "http://127.0.0.1:" + ports.get(component + " http");
        });
    }

    private static URI probe(Workload workload, HTTPGetAction action) {
        return URI.create(
                "http://127.0.0.1:"
                        + ports.get(key(workload, action.getPort().getStrVal()))
                        + action.getPath());
    }

    private static int bash(String script, int port) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", script)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("bash.txt").toFile());
        builder.environment().put("PROBE", "127.0.0.1/" + port);
        return builder.start().waitFor();
    }

    private static String key(Workload workload, String port) {
        return workload.name() + " " + port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new java.io.UncheckedIOException(none);
        }
    }
}
