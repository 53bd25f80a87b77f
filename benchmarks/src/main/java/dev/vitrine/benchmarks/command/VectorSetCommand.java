package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.vectorset.VectorSet;
import dev.vitrine.embedding.encode.ModelFiles;
import dev.vitrine.embedding.encode.ModelProperties;
import dev.vitrine.embedding.encode.OnnxEncoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench vector-set}: the files that {@code bench vectors} reads. */
@Command(
        name = "vector-set",
        mixinStandardHelpOptions = true,
        description = "Embed texts of catalogues for bench vectors; goes on where it was stopped.")
final class VectorSetCommand implements Callable<Integer> {

    /** As in embedding-service: the vectors are those of the product. */
    private static final ModelProperties MODEL = new ModelProperties(null, 256, "", "");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--catalogs",
            required = true,
            paramLabel = "DIR",
            description = "Folder of catalogues and query files: NDJSON, CSV, TSV; gz and zst too.")
    private Path catalogs = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "Where to (target/bench/vectors).")
    private Path out = Path.of("target/bench/vectors");

    @Option(
            names = "--rows",
            defaultValue = "50000",
            description =
                    "Rows of products.f32 (${DEFAULT-VALUE}); fewer when the catalogues have no more texts.")
    private int rows;

    @Option(
            names = "--queries",
            defaultValue = "4000",
            description = "Rows of queries.f32 (${DEFAULT-VALUE}); halves of it beside it.")
    private int queries;

    @Option(names = "--threads", defaultValue = "1", description = "Threads (${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws Exception {
        try (OnnxEncoder encoder = new OnnxEncoder(ModelFiles.bundled(), MODEL)) {
            VectorSet.make(
                    catalogs, out, rows, queries, encoder, threads, spec.commandLine().getOut());
        }
        return 0;
    }
}
