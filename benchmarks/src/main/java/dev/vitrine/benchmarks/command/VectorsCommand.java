package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.report.Machine;
import dev.vitrine.benchmarks.vectors.Clock;
import dev.vitrine.benchmarks.vectors.RecallPlot;
import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import dev.vitrine.benchmarks.vectors.VectorReport;
import dev.vitrine.benchmarks.vectors.VectorRun;
import dev.vitrine.benchmarks.vectors.peer.Builds;
import dev.vitrine.kernels.vector.VectorMath;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench vectors}: recall against queries a second, ours and the peers in one JVM. */
@Command(
        name = "vectors",
        mixinStandardHelpOptions = true,
        description = "Compare vector engines on the same rows and queries.")
final class VectorsCommand implements Callable<Integer> {

    /** More than our engine searches without learning anything. */
    private static final int WARM_UP_ROWS = 8_192;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--products",
            required = true,
            paramLabel = "FILE",
            description =
                    "Rows: little-endian float32 without a header, or .fvecs (see bench"
                            + " vector-set).")
    private Path products = Path.of("");

    @Option(
            names = "--queries",
            required = true,
            paramLabel = "FILE",
            description = "Queries to measure with, in the same format.")
    private Path queries = Path.of("");

    @Option(
            names = "--train-queries",
            paramLabel = "FILE",
            description = "Other queries that engines may learn from.")
    private @Nullable Path trainQueries;

    @Option(names = "--dims", defaultValue = "384", description = "Dimensions (${DEFAULT-VALUE}).")
    private int dimensions;

    @Option(names = "--rows", description = "Use the first N rows only.")
    private int rows = Integer.MAX_VALUE;

    @Option(names = "--queries-max", description = "Use the first N queries only.")
    private int queriesMax = Integer.MAX_VALUE;

    @Option(
            names = "--engines",
            split = ",",
            defaultValue = "ours,lucene,jvector,pgvector",
            description = "Of ours, lucene, jvector, pgvector (${DEFAULT-VALUE}).")
    private List<String> engines = List.of();

    @Option(
            names = "--variants",
            split = ",",
            defaultValue = "",
            description = "Build only variants whose name contains one of these words.")
    private List<String> variants = List.of();

    @Option(
            names = "--targets",
            split = ",",
            description = "Recall that ours plans for; each is an index of its own.")
    private List<Double> targets = List.of();

    @Option(
            names = "--threads",
            split = ",",
            description = "Numbers of searching threads (1 and all cores).")
    private List<Integer> threads = List.of(1, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--filters",
            split = ",",
            defaultValue = "0.5,0.1,0.01,0.001",
            description = "Shares of rows that filters let through (${DEFAULT-VALUE}).")
    private List<Double> filters = List.of();

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--millis",
            defaultValue = "300",
            description = "Milliseconds of a setting in a round (${DEFAULT-VALUE}).")
    private int millis;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            description =
                    "Whose seconds: wall, or processor on a machine that is shared"
                            + " (${DEFAULT-VALUE}).")
    private Clock clock = Clock.WALL;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "And as Markdown.")
    private @Nullable Path markdown;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "And as a picture.")
    private @Nullable Path plot;

    @Override
    public Integer call() throws Exception {
        if (dimensions < 1 || rows < 1 || queriesMax < 1 || rounds < 1 || millis < 1) {
            throw new ParameterException(spec.commandLine(), "Numbers must be positive");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (clock == Clock.PROCESSOR && engines.contains("pgvector")) {
            // Its work is done by another process, so it would seem to cost nothing.
            throw new ParameterException(
                    spec.commandLine(),
                    "--clock processor cannot see pgvector's: leave it out of --engines");
        }
        buildSome(out);
        try (RowFile productRows = RowFile.open(products, dimensions, rows);
                RowFile queryRows = RowFile.open(queries, dimensions, queriesMax);
                Builds builds = build(productRows, out)) {
            List<VectorIndex> indexes = builds.indexes();
            VectorRun run =
                    new VectorRun(
                            indexes,
                            builds.exact(),
                            queryRows.rows(),
                            rounds,
                            Duration.ofMillis(millis),
                            clock,
                            out);
            run.searches(threads, filters);
            run.batches();
            run.profiles(filters);
            run.memory();
            run.updates();
            VectorReport report =
                    new VectorReport(run, indexes, productRows.count(), dimensions, where(builds));
            out.println(report.markdown());
            out.flush();
            write(json, report.json());
            write(markdown, report.markdown());
            if (plot != null) {
                RecallPlot.write(
                        report.curvePoints(),
                        "%,d rows, one search thread".formatted(productRows.count()),
                        plot);
            }
        }
        return 0;
    }

    /** Compiles what builds run, so that no engine's first index pays for it. */
    private void buildSome(PrintWriter out) throws IOException {
        int some = Math.min(rows, WARM_UP_ROWS);
        try (RowFile productRows = RowFile.open(products, dimensions, some)) {
            out.printf("Building all indexes over %,d rows to warm up%n", productRows.count());
            build(productRows, out).close();
        }
    }

    private Builds build(RowFile productRows, PrintWriter out) throws IOException {
        Path folder = Files.createTempDirectory("vitrine-bench-vectors");
        Builds builds = new Builds(productRows, training(), variants, folder, out);
        try {
            for (String engine : engines) {
                if (!builds.add(engine, targets)) {
                    throw new ParameterException(
                            spec.commandLine(), "There is no engine " + engine);
                }
            }
            return builds;
        } catch (IOException | RuntimeException failed) {
            builds.close();
            throw failed;
        }
    }

    private float[][] training() throws IOException {
        if (trainQueries == null) {
            return new float[0][];
        }
        try (RowFile file = RowFile.open(trainQueries, dimensions, Integer.MAX_VALUE)) {
            return file.rows();
        }
    }

    private VectorReport.Where where(Builds builds) throws IOException {
        return new VectorReport.Where(
                "./vitrine bench "
                        + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
                LocalDate.now(ZoneOffset.UTC).toString(),
                Machine.current(),
                Machine.vectorFlags(),
                jvmOptions(),
                List.of("ours: " + VectorMath.selection(), Builds.peerKernels()),
                builds.plans());
    }

    /** Without where this checkout lies. */
    private static String jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Dvitrine.home="))
                .collect(Collectors.joining(" "));
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
