package dev.vitrine.standalone.command;

import dev.vitrine.evaluation.Judgments;
import dev.vitrine.evaluation.Mean;
import dev.vitrine.evaluation.SearchEvaluation;
import dev.vitrine.evaluation.SearchReport;
import dev.vitrine.evaluation.TrecExport;
import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.VitrineClient;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs judged queries and measures the rankings, mode by mode. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Measure search against judgements: nDCG@10, P@10, R@50, share judged.")
final class EvaluateSearchCommand implements Callable<Integer> {
    private static final Set<String> MODES = Set.of("lexical", "semantic", "hybrid");

    /** R@50 needs as many. */
    private static final int DEPTH = 50;

    /** Quality is measured, not patience: no leg may drop out because the machine is busy. */
    private static final int TIMEOUT_MILLIS = 20_000;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--catalog", paramLabel = "C", required = true, description = "The catalogue.")
    private String catalog = "";

    @Option(
            names = "--judgments",
            paramLabel = "FILE.tsv",
            required = true,
            description = "Columns query, product_id, grade; grades may be decimal.")
    private Path judgmentsFile = Path.of("");

    @Option(
            names = "--mode",
            split = ",",
            paramLabel = "MODE",
            defaultValue = "lexical,semantic,hybrid",
            description = "Modes to measure (default: ${DEFAULT-VALUE}).")
    private List<String> modes = new ArrayList<>();

    @Option(
            names = "--relevant-from",
            paramLabel = "GRADE",
            defaultValue = "2",
            description =
                    "Grade from which P@10 and R@50 count a product (default: ${DEFAULT-VALUE}).")
    private double relevantFrom;

    @Option(
            names = "--export-trec",
            paramLabel = "DIR",
            description = "Write judgements and runs in the forms that trec_eval reads.")
    private @Nullable Path trecFolder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Override
    public Integer call() throws Exception {
        for (String mode : modes) {
            if (!MODES.contains(mode)) {
                throw new ParameterException(spec.commandLine(), "There is no mode " + mode);
            }
        }
        if (!(relevantFrom > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--relevant-from must be over 0, not " + relevantFrom);
        }
        Judgments judgments;
        try {
            judgments = Judgments.read(judgmentsFile);
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    judgmentsFile + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        Console console = Console.of(spec.commandLine().getOut());
        try (VitrineClient client = new VitrineClient(target.gateway())) {
            return measure(client, judgments, console);
        } catch (ApiException failed) {
            throw new CommandFailedException(failed);
        }
    }

    private int measure(VitrineClient client, Judgments judgments, Console console)
            throws ApiException, IOException, CommandFailedException {
        if (client.catalog(catalog).isEmpty()) {
            throw new CommandFailedException("There is no catalogue " + catalog);
        }
        Map<String, SearchReport> reports = new LinkedHashMap<>();
        Map<String, Map<String, List<String>>> runs = new LinkedHashMap<>();
        List<String> complaints = new ArrayList<>();
        for (String mode : new LinkedHashSet<>(modes)) {
            Map<String, List<String>> rankings = new LinkedHashMap<>();
            for (String query : judgments.queries()) {
                rankings.put(query, search(client, query, mode, complaints));
                console.progress(
                        "Searching, " + mode + ":", rankings.size(), judgments.queries().size());
            }
            runs.put(mode, rankings);
            reports.put(mode, new SearchEvaluation(relevantFrom).evaluate(judgments, rankings));
        }
        table(judgments, reports).forEach(console::line);
        complaints.stream().limit(20).forEach(console::line);
        if (jsonFile != null) {
            Files.writeString(jsonFile, json(client, judgments, reports));
        }
        if (trecFolder != null) {
            export(trecFolder, judgments, runs);
        }
        return complaints.isEmpty() ? Vitrine.DONE : Vitrine.FAILED;
    }

    private List<String> search(
            VitrineClient client, String query, String mode, List<String> complaints) {
        ObjectNode request = client.json().createObjectNode();
        request.put("q", query);
        request.put("mode", mode);
        request.put("limit", DEPTH);
        request.put("timeoutMs", TIMEOUT_MILLIS);
        List<String> ranking = new ArrayList<>();
        try {
            JsonNode response = client.search(catalog, request);
            for (JsonNode hit : response.path("hits")) {
                ranking.add(hit.path("id").asString());
            }
            if (!response.path("partial").isEmpty()) {
                complaints.add(
                        "%s, %s: answered without %s"
                                .formatted(mode, query, response.path("partial")));
            }
        } catch (ApiException refused) {
            // The other queries are still worth measuring; this one counts as found nothing.
            complaints.add("%s, %s: %s".formatted(mode, query, refused.getMessage()));
        }
        return ranking;
    }

    private List<String> table(Judgments judgments, Map<String, SearchReport> reports) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s: %d queries, %d judgements, relevant from grade %s"
                        .formatted(
                                catalog,
                                judgments.queries().size(),
                                judgments.size(),
                                relevantFrom));
        lines.add(
                "%-10s %8s %8s %8s %8s %8s %8s %8s"
                        .formatted(
                                "mode",
                                "nDCG@10",
                                "judged",
                                "linear",
                                "P@10",
                                "R@50",
                                "MRR",
                                "judged@10"));
        reports.forEach((mode, report) ->
                lines.add(
                        "%-10s %8.4f %8.4f %8.4f %8.4f %8.4f %8.4f %8.4f"
                                .formatted(
                                        mode,
                                        report.ndcg10().value(),
                                        report.ndcg10Judged().value(),
                                        report.ndcg10Linear().value(),
                                        report.p10().value(),
                                        report.r50().value(),
                                        report.mrr().value(),
                                        report.judged10().value())));
        reports.values().stream()
                .findFirst()
                .ifPresent(report ->
                        lines.add(
                                "nDCG over %d queries with a grade over 0, R@50 over %d with a relevant product"
                                        .formatted(
                                                report.ndcg10().queries(),
                                                report.r50().queries())));
        return lines;
    }

    private String json(
            VitrineClient client, Judgments judgments, Map<String, SearchReport> reports) {
        ObjectNode root = client.json().createObjectNode();
        root.put("catalog", catalog);
        root.put("queries", judgments.queries().size());
        ObjectNode byMode = root.putObject("modes");
        reports.forEach((mode, report) -> {
            ObjectNode measures = byMode.putObject(mode);
            put(measures, "ndcg10", report.ndcg10());
            put(measures, "ndcg10Judged", report.ndcg10Judged());
            put(measures, "ndcg10Linear", report.ndcg10Linear());
            put(measures, "p10", report.p10());
            put(measures, "r50", report.r50());
            put(measures, "judged10", report.judged10());
            put(measures, "mrr", report.mrr());
        });
        return client.json().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void put(ObjectNode measures, String name, Mean mean) {
        measures.put(name, mean.value());
    }

    private static void export(
            Path folder, Judgments judgments, Map<String, Map<String, List<String>>> runs)
            throws IOException {
        Files.createDirectories(folder);
        TrecExport trec = new TrecExport(judgments);
        try (Writer out = Files.newBufferedWriter(folder.resolve("topics.tsv"))) {
            trec.writeTopics(out);
        }
        try (Writer out = Files.newBufferedWriter(folder.resolve("qrels.txt"))) {
            trec.writeQrels(out);
        }
        for (Map.Entry<String, Map<String, List<String>>> run : runs.entrySet()) {
            try (Writer out =
                    Files.newBufferedWriter(folder.resolve("run-" + run.getKey() + ".txt"))) {
                trec.writeRun(run.getValue(), "vitrine-" + run.getKey(), out);
            }
        }
    }
}
