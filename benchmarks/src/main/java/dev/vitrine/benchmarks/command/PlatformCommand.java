package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.catalog.Product;
import dev.vitrine.benchmarks.catalog.ProductFile;
import dev.vitrine.benchmarks.catalog.Question;
import dev.vitrine.benchmarks.catalog.Questions;
import dev.vitrine.benchmarks.engine.Engine;
import dev.vitrine.benchmarks.engine.Hops;
import dev.vitrine.benchmarks.engine.OpenSearchEngine;
import dev.vitrine.benchmarks.engine.Vectors;
import dev.vitrine.benchmarks.engine.VitrineEngine;
import dev.vitrine.benchmarks.engine.VitrineProcess;
import dev.vitrine.benchmarks.report.Machine;
import dev.vitrine.benchmarks.report.PlatformReport;
import dev.vitrine.evaluation.Judgments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench platform}: the whole system under a closed loop of searches, then writes. */
@Command(
        name = "platform",
        mixinStandardHelpOptions = true,
        description = "Load the whole system with searches and writes.")
final class PlatformCommand implements Callable<Integer> {

    /** Queries of the workloads that are asked again and again. */
    private static final int QUERIES = 5_000;

    /** Queries that are each asked once, as far as they last. */
    private static final int FRESH_QUERIES = 25_000;

    private static final String DEMO = "standalone/src/main/resources/demo/electronics/";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--processes", description = "The five services as five processes.")
    private boolean processes;

    @Option(names = "--clients", defaultValue = "8", description = "Clients (${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Seconds of a workload in a round (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "90",
            description =
                    "Seconds of load on each engine before anything counts (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--updates", defaultValue = "40", description = "Writes (${DEFAULT-VALUE}).")
    private int updates;

    @Option(names = "--against", description = "Another engine beside it: opensearch.")
    private @Nullable String against;

    @Option(
            names = "--data",
            description =
                    "Data folder; a Vitrine that runs there is used, else one is started with the demo (target/bench/data).")
    private @Nullable Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "And as Markdown.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws Exception {
        if (against != null && !against.equals("opensearch")) {
            throw new ParameterException(spec.commandLine(), "There is no peer " + against);
        }
        if (clients < 1 || seconds < 1 || rounds < 1 || warmUp < 0 || updates < 1) {
            throw new ParameterException(spec.commandLine(), "Numbers must be positive");
        }
        Path home = Path.of(System.getProperty("vitrine.home", "")).toAbsolutePath().normalize();
        List<Product> products = ProductFile.read(home.resolve(DEMO + "products.ndjson.gz"));
        Judgments judgments = Judgments.read(home.resolve(DEMO + "judgments.tsv"));
        List<Question> questions = Questions.from(products, QUERIES + FRESH_QUERIES);
        PrintWriter out = spec.commandLine().getOut();
        PlatformReport report =
                new PlatformReport(
                        commandLine(), LocalDate.now(ZoneOffset.UTC).toString(), Machine.current());
        try (Engines engines = start(home, products, questions, judgments)) {
            PlatformRun run =
                    new PlatformRun(
                            engines.all(), clients, Duration.ofSeconds(seconds), report, out);
            run.quality(judgments);
            run.searches(
                    questions.subList(0, QUERIES),
                    questions.subList(QUERIES, questions.size()),
                    engines.hops(questions.subList(0, QUERIES)),
                    Duration.ofSeconds(warmUp),
                    rounds);
            run.updates(products, updates);
            run.searchDuringImport(questions.subList(0, QUERIES), products);
            run.memory(products.size());
        }
        out.println(report.markdown());
        out.flush();
        write(json, report.json());
        write(markdown, report.markdown());
        return 0;
    }

    private Engines start(
            Path home, List<Product> products, List<Question> questions, Judgments judgments)
            throws Exception {
        Path folder = data == null ? home.resolve("target/bench/data") : data.toAbsolutePath();
        Files.createDirectories(folder);
        VitrineProcess vitrine = VitrineProcess.in(home, folder, processes);
        List<Engine> all = new ArrayList<>();
        try {
            all.add(new VitrineEngine(vitrine));
            Set<String> texts = new LinkedHashSet<>(judgments.queries());
            questions.subList(0, QUERIES).forEach(question -> texts.add(question.text()));
            Vectors vectors = Vectors.read(vitrine, texts);
            if (against != null) {
                Path peer = Files.createTempDirectory("vitrine-bench-peer");
                all.add(OpenSearchEngine.start(home, peer, products, vectors));
            }
            return new Engines(all, asked -> Hops.of(vitrine, asked, vectors));
        } catch (Exception failed) {
            for (Engine engine : all) {
                engine.close();
            }
            throw failed;
        }
    }

    private String commandLine() {
        return "./vitrine bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
