package dev.vitrine.benchmarks.report;

import dev.vitrine.benchmarks.load.Measurement;
import dev.vitrine.evaluation.SearchReport;
import dev.vitrine.servicekit.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects what {@code bench platform} measures. For one thread. */
public final class PlatformReport {

    private static final double REPORTED_PRODUCTS = 10_000;

    private final ObjectNode root = WireJson.mapper().createObjectNode();
    private final ObjectNode engines;
    private final ObjectNode hops;

    /**
     * @param command the command line
     * @param date day of the run
     */
    public PlatformReport(String command, String date, Machine machine) {
        root.put("command", command);
        root.put("date", date);
        ObjectNode where = root.putObject("machine");
        where.put("processor", machine.processor());
        where.put("cores", machine.cores());
        where.put("memoryGigabytes", machine.memoryGigabytes());
        where.put("jdk", machine.jdk());
        where.put("kernel", machine.kernel());
        engines = root.putObject("engines");
        hops = root.putObject("hops");
    }

    /** The rounds of one workload of one engine. */
    public void workload(String engine, String workload, List<Measurement> rounds) {
        engines.withObject("/" + engine).set(workload, measured(rounds));
    }

    /** The same for a service asked past the gateway. */
    public void hop(String name, List<Measurement> rounds) {
        hops.set(name, measured(rounds));
    }

    /** Searches while a feed was imported. */
    public void duringImport(String engine, Measurement searches, double productsPerSecond) {
        ObjectNode measured = measured(List.of(searches));
        measured.put("productsPerSecond", rounded(productsPerSecond, 10));
        engines.withObject("/" + engine).set("searchDuringImport", measured);
    }

    /** Ranking quality of one mode. */
    public void quality(String engine, String mode, SearchReport quality) {
        ObjectNode measures = engines.withObject("/" + engine + "/quality/" + mode);
        measures.put("ndcg10", rounded(quality.ndcg10().value(), 10_000));
        measures.put("ndcg10Judged", rounded(quality.ndcg10Judged().value(), 10_000));
        measures.put("p10", rounded(quality.p10().value(), 10_000));
        measures.put("r50", rounded(quality.r50().value(), 10_000));
        measures.put("judged10", rounded(quality.judged10().value(), 10_000));
    }

    /** Resident megabytes of each process after the load. */
    public void memory(String engine, Map<String, Long> megabytes, int products) {
        ObjectNode memory = engines.withObject("/" + engine + "/memory");
        ObjectNode byProcess = memory.putObject("megabytes");
        megabytes.forEach(byProcess::put);
        long sum = megabytes.values().stream().mapToLong(Long::longValue).sum();
        memory.put("total", sum);
        memory.put("per10000Products", rounded(sum * REPORTED_PRODUCTS / products, 1));
    }

    private static ObjectNode measured(List<Measurement> rounds) {
        Measurement all = Measurement.sum(rounds);
        ObjectNode node = WireJson.mapper().createObjectNode();
        node.put("requestsPerSecond", rounded(all.requestsPerSecond(), 10));
        node.put("p50Millis", rounded(all.millis(0.5), 100));
        node.put("p95Millis", rounded(all.millis(0.95), 100));
        node.put("p99Millis", rounded(all.millis(0.99), 100));
        node.put("errors", all.errors());
        node.put("requests", all.nanos().length);
        node.put("generatorShare", rounded(all.generatorShare(), 1_000));
        ObjectNode micros = node.putObject("microsPerRequest");
        all.microsPerRequest().forEach((name, used) -> micros.put(name, rounded(used, 1)));
        ArrayNode each = node.putArray("roundsRequestsPerSecond");
        rounds.forEach(round -> each.add(rounded(round.requestsPerSecond(), 10)));
        return node;
    }

    private static double rounded(double value, double parts) {
        return Double.isFinite(value) ? Math.round(value * parts) / parts : 0;
    }

    /** Everything, as {@code --json} writes it. */
    public String json() {
        return WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** The same for readers. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        JsonNode machine = root.path("machine");
        lines.add("# bench platform, " + root.path("date").asString());
        lines.add("");
        lines.add("`" + root.path("command").asString() + "`");
        lines.add("");
        lines.add(
                "%s, %d cores, %d GB, JDK %s, %s. Processor time is that of the named processes, so neighbours do not count in it."
                        .formatted(
                                machine.path("processor").asString(),
                                machine.path("cores").asInt(),
                                machine.path("memoryGigabytes").asInt(),
                                machine.path("jdk").asString(),
                                machine.path("kernel").asString()));
        engines.properties()
                .forEach(engine -> {
                    lines.add("");
                    lines.add("## " + engine.getKey());
                    table(lines, engine.getValue());
                    engine.getValue()
                            .path("quality")
                            .properties()
                            .forEach(mode ->
                                    lines.add(
                                            "nDCG@10 %s %.4f, on judged products only %.4f. "
                                                    .formatted(
                                                            mode.getKey(),
                                                            mode.getValue()
                                                                    .path("ndcg10")
                                                                    .asDouble(),
                                                            mode.getValue()
                                                                    .path("ndcg10Judged")
                                                                    .asDouble())));
                    JsonNode memory = engine.getValue().path("memory");
                    lines.add("");
                    lines.add(
                            "Resident megabytes after the load: %s; for 10,000 products %d."
                                    .formatted(
                                            memory.path("megabytes"),
                                            memory.path("per10000Products").asInt()));
                });
        if (!hops.isEmpty()) {
            lines.add("");
            lines.add("## Vitrine's services asked past the gateway");
            table(lines, hops);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void table(List<String> lines, JsonNode workloads) {
        lines.add("");
        lines.add(
                "| workload | requests/s | p50 ms | p95 ms | p99 ms | errors | generator | processor µs a request |");
        lines.add("|---|---|---|---|---|---|---|---|");
        workloads
                .properties()
                .forEach(workload -> {
                    JsonNode node = workload.getValue();
                    if (node.has("requestsPerSecond")) {
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %.0f | %.1f | %.1f | %.1f | %d | %.0f %% | %s |",
                                        workload.getKey(),
                                        node.path("requestsPerSecond").asDouble(),
                                        node.path("p50Millis").asDouble(),
                                        node.path("p95Millis").asDouble(),
                                        node.path("p99Millis").asDouble(),
                                        node.path("errors").asLong(),
                                        100 * node.path("generatorShare").asDouble(),
                                        micros(node)));
                    }
                });
        lines.add("");
    }

    /** The processes that did something for a request. */
    private static String micros(JsonNode workload) {
        List<String> parts = new ArrayList<>();
        workload.path("microsPerRequest")
                .properties()
                .forEach(process -> {
                    if (process.getValue().asDouble() >= 1) {
                        parts.add(
                                "%s %.0f"
                                        .formatted(
                                                process.getKey(), process.getValue().asDouble()));
                    }
                });
        return String.join(", ", parts);
    }
}
