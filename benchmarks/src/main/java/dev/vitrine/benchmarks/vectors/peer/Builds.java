package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import dev.vitrine.embedded.PlatformException;
import dev.vitrine.kernels.exact.ExactSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.jspecify.annotations.Nullable;

/** Builds the indexes of a run one after the other and closes them together. */
public final class Builds implements AutoCloseable {

    private final RowFile rows;
    private final float[][] training;
    private final List<String> words;
    private final Path folder;
    private final PrintWriter out;
    private final ExactSearch exact;
    private final List<VectorIndex> indexes = new ArrayList<>();
    private final List<String> plans = new ArrayList<>();
    private @Nullable PgvectorServer server;

    /**
     * Starts with the oracle only.
     *
     * @param training queries that are not measured with
     * @param words of which a variant's name must contain one
     * @param folder for the files of indexes; deleted by {@link #close()} with all that is in it
     */
    public Builds(
            RowFile rows, float[][] training, List<String> words, Path folder, PrintWriter out) {
        this.rows = rows;
        this.training = training;
        this.words = List.copyOf(words);
        this.folder = folder;
        this.out = out;
        ExactVectorEngine engine = new ExactVectorEngine(rows.dimensions(), rows.count());
        float[] row = new float[rows.dimensions()];
        for (int i = 0; i < rows.count(); i++) {
            rows.copy(i, row);
            engine.put(i, row);
        }
        this.exact = engine.publish();
    }

    /** The scan of all rows, to compare all results with. */
    public ExactSearch exact() {
        return exact;
    }

    /** What has been built, in that order. */
    public List<VectorIndex> indexes() {
        return List.copyOf(indexes);
    }

    /** What ours says about the plans that it found. */
    public List<String> plans() {
        return List.copyOf(plans);
    }

    /** Which vector kernels the peers found. */
    public static String peerKernels() {
        return "peers: Lucene scores with "
                + FlatVectorScorerUtil.getLucene99FlatVectorsScorer()
                + ", JVector with "
                + VectorizationProvider.getInstance().getClass().getSimpleName();
    }

    /**
     * Builds all variants of an engine.
     *
     * @param targets of ours; none for the usual ones
     * @return whether there is such an engine
     */
    public boolean add(String engine, List<Double> targets) throws IOException {
        switch (engine) {
            case "ours" -> addOurs(targets.isEmpty() ? PeerSettings.TARGETS : targets);
            case "lucene" -> addLucene();
            case "jvector" -> addJVector();
            case "pgvector" -> addPgvector();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void addOurs(List<Double> targets) throws IOException {
        if (wanted("quantized")) {
            keep(OurIndex.quantized(rows, targets, training, plans, folder));
        }
        if (wanted("exact")) {
            keep(OurIndex.exact(rows));
        }
    }

    private void addLucene() throws IOException {
        for (int degree : PeerSettings.DEGREES) {
            for (LuceneIndex.Kind kind : LuceneIndex.Kind.values()) {
                if (wanted(LuceneIndex.variant(kind, degree))) {
                    keep(LuceneIndex.build(rows, kind, degree, folder));
                }
            }
        }
    }

    private void addJVector() {
        List<VectorFloat<?>> vectors = JVectorIndex.copy(rows);
        for (int degree : PeerSettings.DEGREES) {
            if (!wanted(JVectorIndex.variant(degree, null))) {
                continue;
            }
            JVectorIndex floats = JVectorIndex.build(vectors, degree);
            keep(floats);
            for (int components : PeerSettings.PQ_COMPONENTS) {
                keep(floats.withProductCodes(components));
            }
        }
    }

    private void addPgvector() throws IOException {
        List<PgvectorIndex.Kind> kinds = List.of(PgvectorIndex.Kind.values());
        // A table and a graph for each, with room.
        long bytes =
                4L
                        * rows.count()
                        * rows.dimensions()
                        * Float.BYTES
                        * kinds.size()
                        * PeerSettings.DEGREES.size();
        PgvectorServer started;
        try {
            started = PgvectorServer.start(folder.resolve("pgvector"), bytes);
        } catch (PlatformException e) {
            out.println("pgvector is left out: " + e.getMessage());
            return;
        }
        server = started;
        Optional<String> objection = started.objection();
        if (objection.isPresent()) {
            out.println("pgvector is left out: " + objection.get());
            return;
        }
        for (int degree : PeerSettings.DEGREES) {
            for (PgvectorIndex.Kind kind : kinds) {
                if (wanted(PgvectorIndex.variant(kind, degree))) {
                    keep(PgvectorIndex.build(started, rows, kind, degree));
                }
            }
        }
    }

    private boolean wanted(String variant) {
        return words.isEmpty() || words.stream().anyMatch(variant::contains);
    }

    private void keep(VectorIndex index) {
        indexes.add(index);
        out.printf(
                Locale.ROOT,
                "%s %s built in %.1f s%n",
                index.engine(),
                index.variant(),
                index.buildSeconds());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            for (VectorIndex index : indexes.reversed()) {
                index.close();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
        // Also what an index that could not be built has left.
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
