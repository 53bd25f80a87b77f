package dev.vitrine.standalone.command;

import dev.vitrine.standalone.drill.KillDrill;
import dev.vitrine.standalone.drill.KillReport;
import dev.vitrine.standalone.runtime.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Kills parts while a shop is at work and looks whether anything is lost. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = {
            "kill -9 of every part at random moments of an import with price updates, deletes and events;",
            "fails when anything acknowledged is lost, doubled, stale or revived."
        })
final class DrillKillCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "Parts to kill, in this order (default: all of them).")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--moments",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each part is killed (default: ${DEFAULT-VALUE}).")
    private int moments;

    @Option(
            names = "--products",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Size of the catalogue (default: ${DEFAULT-VALUE}).")
    private int products;

    @Option(
            names = "--vector-sample",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Changed products looked for by meaning after each kill (default: ${DEFAULT-VALUE}).")
    private int vectorSample;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20261125",
            description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A new folder (default: a temporary one, removed when all went well).")
    private @Nullable Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the matrix as Markdown.")
    private @Nullable Path markdownFile;

    @Override
    public Integer call() throws Exception {
        if (moments < 1 || products < 100 || products > 9_000 || vectorSample < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--moments must be 1 or more, --products 100 to 9000, --vector-sample 0 or more");
        }
        KillDrill.Plan plan = new KillDrill.Plan(chosen(), moments, products, vectorSample, seed);
        Console console = Console.of(spec.commandLine().getOut());
        console.line("Seed " + seed);
        KillReport report;
        try (DrillVitrine vitrine = DrillVitrine.start(data, console)) {
            report =
                    new KillDrill(vitrine.supervisor(), vitrine.gateway(), plan, console::line)
                            .run(this::write);
            if (report.passed()) {
                vitrine.passed();
            } else {
                console.line("The logs are in " + vitrine.data().logs());
            }
        }
        write(report);
        report.misses().forEach(console::line);
        console.line(report.passed() ? "All thresholds held" : "Thresholds were missed");
        return report.passed() ? Vitrine.DONE : Vitrine.FAILED;
    }

    private void write(KillReport report) {
        try {
            if (jsonFile != null) {
                Files.writeString(jsonFile, report.toJson(JsonMapper.builder().build()));
            }
            if (markdownFile != null) {
                Files.writeString(markdownFile, report.toMarkdown());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Part> chosen() {
        if (parts.isEmpty()) {
            return List.of(Part.values());
        }
        return parts.stream()
                .map(name ->
                        Part.named(name)
                                .orElseThrow(() ->
                                        new ParameterException(
                                                spec.commandLine(), "There is no part " + name)))
                .toList();
    }
}
