package dev.vitrine.benchmarks.vectors;

import dev.vitrine.benchmarks.report.Machine;
import dev.vitrine.servicekit.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench vectors} measured, as JSON and as Markdown. */
public final class VectorReport {

    private static final List<Double> RECALLS = List.of(.95, .98);

    private final VectorRun run;
    private final List<VectorIndex> indexes;
    private final int rows;
    private final int dimensions;
    private final Where where;

    /**
     * What a reader needs to repeat the run.
     *
     * @param command the command line
     * @param date day of the run
     * @param flags of the processor that decide which kernels can run
     * @param jvm arguments of this JVM
     * @param kernels what computes the scores of each engine
     * @param plans what ours chose, by target
     */
    public record Where(
            String command,
            String date,
            Machine machine,
            String flags,
            String jvm,
            List<String> kernels,
            List<String> plans) {}

    /** Reads what the run has measured when it is written. */
    public VectorReport(
            VectorRun run, List<VectorIndex> indexes, int rows, int dimensions, Where where) {
        this.run = run;
        this.indexes = List.copyOf(indexes);
        this.rows = rows;
        this.dimensions = dimensions;
        this.where = where;
    }

    /** The keys that scripts rely on, and the rest of what was measured. */
    public String json() {
        ObjectNode root = WireJson.mapper().createObjectNode();
        root.put("rows", rows);
        root.put("dims", dimensions);
        root.put("command", where.command());
        root.put("date", where.date());
        root.putPOJO("machine", where.machine());
        root.put("cpuFlags", where.flags());
        root.put("jvm", where.jvm());
        root.putPOJO("kernels", where.kernels());
        root.putPOJO("plans", where.plans());
        ArrayNode runs = root.putArray("runs");
        for (Measured point : run.measured()) {
            ObjectNode node = runs.addObject();
            node.put("engine", point.engine());
            node.put("variant", point.variant());
            node.put("parameters", point.setting());
            node.put("threads", point.threads());
            node.put("recall10", rounded(point.recall10(), 1e4));
            if (point.recall100() >= 0) {
                node.put("recall100", rounded(point.recall100(), 1e4));
            }
            node.put("qps", rounded(point.medianRate(), 10));
            ArrayNode rounds = node.putArray("qpsRounds");
            point.rates().forEach(rate -> rounds.add(rounded(rate, 10)));
            node.put("filterSelectivity", point.filterShare());
            index(point)
                    .ifPresent(index -> {
                        node.put("buildSeconds", rounded(index.buildSeconds(), 100));
                        index.fileTimes().ifPresent(file -> node.putPOJO("file", file));
                        bytesPerRow(index)
                                .ifPresent(bytes -> node.put("bytesPerRow", rounded(bytes, 10)));
                        run.replacedRate()
                                .getOrDefault(index, OptionalDouble.empty())
                                .ifPresent(rate -> node.put("updatesPerSecond", rounded(rate, 10)));
                    });
        }
        ObjectNode at = root.putObject("atRecall");
        ratios(at, points(1, 1));
        ObjectNode byThreads = root.putObject("atRecallByThreads");
        threadCounts()
                .forEach(threads ->
                        ratios(byThreads.putObject(Integer.toString(threads)), points(threads, 1)));
        ObjectNode filtered = root.putObject("atRecallFiltered");
        shares().forEach(share ->
                ratios(filtered.putObject(Double.toString(share)), points(1, share)));
        root.putPOJO("batches", run.batchRates());
        root.putPOJO("profiles", run.profiled());
        return root.toPrettyString() + "\n";
    }

    private static void ratios(ObjectNode target, List<Measured> points) {
        for (double recall : RECALLS) {
            Ratio.at(recall, points)
                    .ifPresent(ratio -> {
                        ObjectNode node = target.putObject(Double.toString(recall));
                        node.put("ours", rounded(ratio.ours(), 10));
                        node.put("bestPeer", rounded(ratio.bestPeer(), 10));
                        node.put("bestPeerName", ratio.bestPeerName());
                        node.put("ratio", rounded(ratio.ratio(), 1000));
                        ArrayNode spread = node.putArray("spread");
                        spread.add(rounded(ratio.lowest(), 1000))
                                .add(rounded(ratio.highest(), 1000));
                    });
        }
    }

    /** Tables for people. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("# Vector engines side by side");
        lines.add("");
        lines.add("`" + where.command() + "`, " + where.date());
        lines.add("");
        lines.add(
                "%s, %d cores, %d GiB, JDK %s, %s. %,d rows of %d dimensions."
                        .formatted(
                                where.machine().processor(),
                                where.machine().cores(),
                                where.machine().memoryGigabytes(),
                                where.machine().jdk(),
                                where.machine().kernel(),
                                rows,
                                dimensions));
        lines.add("");
        where.kernels().forEach(kernel -> lines.add("- " + kernel));
        lines.add("");
        lines.add("Processor flags: `" + where.flags() + "`. JVM: `" + where.jvm() + "`.");
        lines.add("");
        lines.add("## Queries a second at equal recall@10");
        lines.add("");
        lines.add("Ratio of the medians, in brackets lowest and highest ratio within one round.");
        lines.add("");
        lines.add("| threads | filter | recall | ours | best peer | which | ratio |");
        lines.add("|---|---|---|---|---|---|---|");
        threadCounts().forEach(threads -> ratioLines(lines, threads, 1));
        shares().forEach(share -> ratioLines(lines, 1, share));
        lines.add("");
        lines.add("## Every index");
        lines.add("");
        lines.add(
                "Queries a second on one thread; build on all cores; bytes touched and updates as"
                        + " README.md defines them.");
        lines.add("");
        lines.add("| index | at .95 | at .98 | build s | bytes touched a row | updates/s |");
        lines.add("|---|---|---|---|---|---|");
        for (VectorIndex index : indexes) {
            List<Measured> own = ofIndex(index);
            lines.add(
                    "| %s %s | %s | %s | %s | %s | %s |"
                            .formatted(
                                    index.engine(),
                                    index.variant(),
                                    rate(own, .95),
                                    rate(own, .98),
                                    number(index.buildSeconds()),
                                    bytesPerRow(index).stream()
                                            .mapToObj(VectorReport::number)
                                            .findFirst()
                                            .orElse("-"),
                                    run
                                            .replacedRate()
                                            .getOrDefault(index, OptionalDouble.empty())
                                            .stream()
                                            .mapToObj(VectorReport::number)
                                            .findFirst()
                                            .orElse("-")));
        }
        indexes.forEach(
                index -> index.fileTimes().ifPresent(file -> lines.addAll(fileLines(index, file))));
        if (!run.batchRates().isEmpty()) {
            lines.add("");
            lines.add("## All queries at once");
            lines.add("");
            lines.add("| index | setting | one by one, queries/s | at once, queries/s | ratio |");
            lines.add("|---|---|---|---|---|");
            for (BatchRate rate : run.batchRates()) {
                lines.add(
                        "| %s %s | %s | %s | %s | %s |"
                                .formatted(
                                        rate.engine(),
                                        rate.variant(),
                                        rate.setting(),
                                        number(rate.single()),
                                        number(rate.batch()),
                                        number(rate.batch() / rate.single())));
            }
        }
        if (!where.plans().isEmpty()) {
            lines.add("");
            lines.add("## What ours chose");
            lines.add("");
            where.plans().forEach(plan -> lines.add("- " + plan));
        }
        run.profiled().forEach(profile -> lines.addAll(profileLines(profile)));
        lines.add("");
        lines.add("## Every setting");
        lines.add("");
        lines.add("| index | setting | threads | filter | recall@10 | recall@100 | queries/s |");
        lines.add("|---|---|---|---|---|---|---|");
        for (Measured point : run.measured()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "| %s %s | %s | %d | %s | %.4f | %s | %.0f |",
                            point.engine(),
                            point.variant(),
                            point.setting(),
                            point.threads(),
                            filter(point.filterShare()),
                            point.recall10(),
                            point.recall100() < 0
                                    ? ""
                                    : String.format(Locale.ROOT, "%.4f", point.recall100()),
                            point.medianRate()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> profileLines(Profile profile) {
        if (profile.shares().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("## Where our time goes: " + profile.what());
        lines.add("");
        lines.add("| share | method, with the kernels it calls |");
        lines.add("|---|---|");
        for (Profile.Share share : profile.shares()) {
            lines.add("| %s %% | %s |".formatted(number(100 * share.share()), share.method()));
        }
        return lines;
    }

    private static List<String> fileLines(VectorIndex index, FileTimes file) {
        return List.of(
                "",
                "%s %s in a file: %s GB, written in %s s, answers %s s after opening, all checksums compared in %s s."
                        .formatted(
                                index.engine(),
                                index.variant(),
                                number(file.bytes() / 1e9),
                                number(file.writeSeconds()),
                                number(file.openSeconds()),
                                number(file.checkSeconds())));
    }

    private void ratioLines(List<String> lines, int threads, double share) {
        for (double recall : RECALLS) {
            Optional<Ratio> found = Ratio.at(recall, points(threads, share));
            String cells =
                    found.map(ratio ->
                                    String.format(
                                            Locale.ROOT,
                                            "%.0f | %.0f | %s | %.2f (%.2f to %.2f)",
                                            ratio.ours(),
                                            ratio.bestPeer(),
                                            ratio.bestPeerName(),
                                            ratio.ratio(),
                                            ratio.lowest(),
                                            ratio.highest()))
                            .orElse("not reached | | |");
            lines.add("| %d | %s | %s | %s |".formatted(threads, filter(share), recall, cells));
        }
    }

    /** Unfiltered points of one thread, the ones to plot. */
    public List<Measured> curvePoints() {
        return points(1, 1);
    }

    private List<Measured> points(int threads, double share) {
        return run.measured().stream()
                .filter(point -> point.threads() == threads && point.filterShare() == share)
                .toList();
    }

    private List<Integer> threadCounts() {
        return run.measured().stream()
                .filter(point -> point.filterShare() == 1)
                .map(Measured::threads)
                .distinct()
                .toList();
    }

    private List<Double> shares() {
        return run.measured().stream()
                .map(Measured::filterShare)
                .filter(share -> share < 1)
                .distinct()
                .toList();
    }

    private List<Measured> ofIndex(VectorIndex index) {
        return points(1, 1).stream()
                .filter(point ->
                        point.engine().equals(index.engine())
                                && point.variant().equals(index.variant()))
                .toList();
    }

    private Optional<VectorIndex> index(Measured point) {
        return indexes.stream()
                .filter(index ->
                        index.engine().equals(point.engine())
                                && index.variant().equals(point.variant()))
                .findFirst();
    }

    private OptionalDouble bytesPerRow(VectorIndex index) {
        OptionalDouble bytes = run.touchedBytes().getOrDefault(index, OptionalDouble.empty());
        return bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / rows) : bytes;
    }

    private static String rate(List<Measured> points, double recall) {
        List<Double> rates = Ratio.ratesAt(recall, points);
        return rates.isEmpty() ? "-" : number(Ratio.median(rates));
    }

    private static String filter(double share) {
        return share == 1 ? "none" : number(100 * share) + " %";
    }

    private static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value).replaceAll("\\.0+$", "");
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
