package dev.vitrine.benchmarks.vectors.peer;

import dev.vitrine.benchmarks.vectors.FileTimes;
import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** This project's engines behind their port. */
public final class OurIndex implements VectorIndex {

    private static final int TRAINING_K = 10;

    private final String variant;
    private final List<Setting> settings;
    private final List<VectorEngine> engines;
    private final double buildSeconds;
    private final @Nullable FileTimes fileTimes;

    private OurIndex(
            String variant,
            List<Setting> settings,
            List<VectorEngine> engines,
            double buildSeconds,
            @Nullable FileTimes fileTimes) {
        this.variant = variant;
        this.settings = settings;
        this.engines = engines;
        this.buildSeconds = buildSeconds;
        this.fileTimes = fileTimes;
    }

    /** The scan of all rows. */
    public static OurIndex exact(RowFile rows) {
        long from = System.nanoTime();
        VectorEngine engine = fill(new ExactVectorEngine(rows.dimensions(), rows.count()), rows);
        return new OurIndex(
                "exact",
                List.of(new Setting("all rows", 0, 0)),
                List.of(engine),
                seconds(from),
                null);
    }

    /**
     * The quantised engine, once for each recall that it is to plan for.
     *
     * @param training queries that it sees before it plans for the last time; not measured with
     * @param plans receives a line for each of them
     * @param folder takes the file of one of them for a while
     */
    static OurIndex quantized(
            RowFile rows, List<Double> targets, float[][] training, List<String> plans, Path folder)
            throws IOException {
        List<Setting> settings = new ArrayList<>();
        List<VectorEngine> engines = new ArrayList<>();
        double seconds = 0;
        FileTimes fileTimes = null;
        for (double target : targets) {
            long from = System.nanoTime();
            QuantizedVectorEngine engine =
                    new QuantizedVectorEngine(rows.dimensions(), rows.count(), target);
            fill(engine, rows);
            engine.tend();
            engine.publish();
            seconds += seconds(from);
            if (fileTimes == null) {
                fileTimes = throughFile(engine, rows, target, folder);
            }
            for (float[] query : training) {
                engine.current().topK(query, TRAINING_K, RowFilter.ALL);
            }
            from = System.nanoTime();
            engine.tend();
            engine.publish();
            double again = seconds(from);
            settings.add(new Setting("target=" + target, 0, 0));
            engines.add(engine);
            plans.add(
                    String.format(
                            Locale.ROOT,
                            "target %s: %s; planned once more for these in %.2f s, which is not in"
                                    + " the build",
                            target,
                            engine.describe(),
                            again));
        }
        return new OurIndex("quantized", settings, engines, seconds / targets.size(), fileTimes);
    }

    /** The file that was written a moment ago is still in memory when it is opened. */
    private static FileTimes throughFile(
            QuantizedVectorEngine engine, RowFile rows, double target, Path folder)
            throws IOException {
        float[] query = new float[rows.dimensions()];
        rows.copy(0, query);
        Path file = folder.resolve("ours.vectors");
        long from = System.nanoTime();
        engine.snapshot().write(file);
        double write = seconds(from);
        from = System.nanoTime();
        QuantizedVectorEngine opened =
                QuantizedVectorEngine.open(file, rows.dimensions(), rows.count(), target);
        opened.current().topK(query, TRAINING_K, RowFilter.ALL);
        double open = seconds(from);
        from = System.nanoTime();
        opened.verify();
        double check = seconds(from);
        long bytes = Files.size(file);
        Files.delete(file);
        return new FileTimes(bytes, write, open, check);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static VectorEngine fill(VectorEngine engine, RowFile rows) {
        float[] vector = new float[rows.dimensions()];
        for (int i = 0; i < rows.count(); i++) {
            rows.copy(i, vector);
            engine.put(i, vector);
        }
        engine.publish();
        return engine;
    }

    @Override
    public String engine() {
        return "ours";
    }

    @Override
    public String variant() {
        return variant;
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public Optional<FileTimes> fileTimes() {
        return Optional.ofNullable(fileTimes);
    }

    @Override
    public List<Setting> settings() {
        return settings;
    }

    @Override
    public Searcher searcher(Setting setting, RowSubset filter) {
        VectorSearch search = engines.get(settings.indexOf(setting)).current();
        long[] words = filter.words();
        RowFilter passing = words == null ? RowFilter.ALL : RowFilter.of(words);
        return (query, k) -> search.topK(query, k, passing).ordinals();
    }

    @Override
    public Optional<BatchSearcher> batchSearcher(Setting setting) {
        VectorSearch search = engines.get(settings.indexOf(setting)).current();
        return Optional.of((queries, k) -> search.topKOfEach(queries, k, RowFilter.ALL));
    }

    @Override
    public OptionalDouble replace(int[] ordinals, float[][] vectors) {
        VectorEngine engine = engines.getFirst();
        long from = System.nanoTime();
        for (int i = 0; i < ordinals.length; i++) {
            engine.put(ordinals[i], vectors[i]);
        }
        engine.publish();
        return OptionalDouble.of(ordinals.length / ((System.nanoTime() - from) / 1e9));
    }

    @Override
    public void close() {
        // Held by the heap and by arenas that it cleans up.
    }
}
