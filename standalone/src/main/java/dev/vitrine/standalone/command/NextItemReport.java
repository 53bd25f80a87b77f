package dev.vitrine.standalone.command;

import dev.vitrine.standalone.evaluation.NextItemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results of several models as a table and as JSON. */
final class NextItemReport {
    private final Map<String, NextItemResult> results;
    private final String best;

    /**
     * @param best the model that was best on the validation part
     */
    NextItemReport(Map<String, NextItemResult> results, String best) {
        this.results = results;
        this.best = best;
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%-16s %7s %7s %7s %9s %10s %7s %9s %9s %9s %8s"
                        .formatted(
                                "model",
                                "HR@10",
                                "HR@20",
                                "MRR@20",
                                "coverage",
                                "popularity",
                                "cold@20",
                                "valid@20",
                                "train s",
                                "ms/query",
                                "peak MB"));
        results.forEach((name, result) ->
                lines.add(
                        "%-16s %7.4f %7.4f %7.4f %9.4f %10.4f %7.4f %9.4f %9.2f %9.3f %8.0f"
                                .formatted(
                                        name,
                                        result.quality().hr10(),
                                        result.quality().hr20(),
                                        result.quality().mrr20(),
                                        result.quality().coverage(),
                                        result.quality().popularityBias(),
                                        result.quality().coldHr20(),
                                        result.validation(),
                                        result.trainSeconds(),
                                        result.millisPerQuery(),
                                        result.peakMegabytes())));
        results.values().stream()
                .findFirst()
                .ifPresent(result ->
                        lines.add(
                                "%,d cases, %,d of them with an item that training never saw; best on validation: %s"
                                        .formatted(
                                                result.quality().cases(),
                                                result.quality().coldCases(),
                                                best)));
        return lines;
    }

    /**
     * Writes the result.
     *
     * @param hitRate name of the hit rate at 20: {@code hr20} for baskets, {@code p20} for sessions
     */
    void write(Path file, String hitRate) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
        root.put("cases", results.values().iterator().next().quality().cases());
        ObjectNode models = root.putObject("models");
        results.forEach((name, result) -> {
            ObjectNode model = models.putObject(name);
            model.put(hitRate, result.quality().hr20());
            model.put("hr10", result.quality().hr10());
            model.put("mrr20", result.quality().mrr20());
            model.put("coverage", result.quality().coverage());
            model.put("popularityBias", result.quality().popularityBias());
            model.put("trainSeconds", result.trainSeconds());
            model.put("peakMegabytes", result.peakMegabytes());
            model.put("millisPerQuery", result.millisPerQuery());
            model.put("coldHr20", result.quality().coldHr20());
            model.put("validationHr20", result.validation());
        });
        root.put("best", best);
        Files.writeString(
                file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
