package dev.vitrine.standalone.command;

import dev.vitrine.standalone.drill.Drill;
import dev.vitrine.standalone.drill.DrillReport;
import dev.vitrine.standalone.runtime.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What every drill takes, and how one is run and reported. */
final class DrillOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

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
                    "Changed products looked for by meaning after each fault (default: ${DEFAULT-VALUE}).")
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

    /**
     * Runs a drill on a Vitrine of its own.
     *
     * @param faults what is done
     * @return the exit code: whether the thresholds held
     */
    int run(Function<Drill, DrillReport> faults) throws CommandFailedException, IOException {
        if (products < 100 || products > 9_000 || vectorSample < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--products must be 100 to 9000, --vector-sample 0 or more");
        }
        Console console = Console.of(spec.commandLine().getOut());
        console.line("Seed " + seed);
        DrillReport report;
        try (DrillVitrine vitrine = DrillVitrine.start(data, console)) {
            report =
                    faults.apply(
                            new Drill(
                                    vitrine.supervisor(),
                                    vitrine.gateway(),
                                    new Drill.Plan(products, vectorSample, seed),
                                    console::line,
                                    this::write));
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

    /** The parts of these names. */
    List<Part> parts(List<String> names) {
        return names.stream()
                .map(name ->
                        Part.named(name)
                                .orElseThrow(() ->
                                        new ParameterException(
                                                spec.commandLine(), "There is no part " + name)))
                .toList();
    }

    private void write(DrillReport report) {
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
}
