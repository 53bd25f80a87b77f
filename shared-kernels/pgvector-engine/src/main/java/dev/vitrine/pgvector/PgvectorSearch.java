package dev.vitrine.pgvector;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.lang.ref.Reference;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a table. PostgreSQL picks the rows, generously; they are scored here, so that
 * scores are the same to the bit as those of every other engine.
 */
final class PgvectorSearch implements VectorSearch {

    private final VectorTable table;
    private final long generation;
    private final int dimensions;
    private final long[] present;
    private final int rowCount;
    private final int ordinalLimit;
    private final @Nullable Hnsw graph;

    PgvectorSearch(
            VectorTable table,
            long generation,
            int dimensions,
            BitSet present,
            @Nullable Hnsw graph) {
        this.table = table;
        this.generation = generation;
        this.dimensions = dimensions;
        this.present = present.toLongArray();
        this.rowCount = present.cardinality();
        this.ordinalLimit = present.length();
        this.graph = graph;
    }

    long generation() {
        return generation;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public int rowCount() {
        return rowCount;
    }

    @Override
    public int ordinalLimit() {
        return ordinalLimit;
    }

    @Override
    public boolean contains(int ordinal) {
        return ordinal >= 0
                && ordinal < ordinalLimit
                && (present[ordinal / Long.SIZE] & 1L << ordinal) != 0;
    }

    @Override
    public boolean copyRow(int ordinal, float[] target) {
        if (!contains(ordinal)) {
            return false;
        }
        reading(() ->
                table.find(
                        generation,
                        new int[] {ordinal},
                        (found, vector) -> System.arraycopy(vector, 0, target, 0, dimensions)));
        return true;
    }

    @Override
    public RowMatches topK(float[] query, int k, RowFilter filter) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + k);
        }
        Query checked = Query.of(query, dimensions);
        PassingRows passing = PassingRows.of(present, filter);
        int most = Math.min(k, passing.count());
        if (most == 0) {
            return new RowMatches(new int[0], new float[0]);
        }
        if (graph != null) {
            BestRows best = new BestRows(most);
            int breadth = graph.breadthFor(k);
            reading(() ->
                    table.nearest(
                            generation, checked, passing, breadth, most, scoring(query, best)));
            RowMatches found = best.toMatches();
            if (found.size() == most) {
                return found;
            }
            // The graph gave up before it had enough rows that pass.
        }
        BestRows best = new BestRows(most);
        reading(() -> table.best(generation, checked, passing, most, scoring(query, best)));
        return best.toMatches();
    }

    @Override
    public void forEachInRange(
            float[] query, float minScore, RowFilter filter, MatchConsumer consumer) {
        Query checked = Query.of(query, dimensions);
        if (Float.isNaN(minScore)) {
            throw new IllegalArgumentException("minScore is NaN");
        }
        PassingRows passing = PassingRows.of(present, filter);
        if (passing.count() == 0) {
            return;
        }
        boolean[] enough = {false};
        reading(() ->
                table.range(
                        generation,
                        checked,
                        passing,
                        minScore,
                        (ordinal, vector) -> {
                            float score = VectorMath.dot(query, vector);
                            if (!enough[0] && score >= minScore) {
                                enough[0] = !consumer.accept(ordinal, score);
                            }
                        }));
    }

    @Override
    public float[] scores(float[] query, int[] ordinals) {
        Query.of(query, dimensions);
        Map<Integer, Float> known = new HashMap<>();
        int[] wanted = IntStream.of(ordinals).filter(this::contains).distinct().toArray();
        reading(() ->
                table.find(
                        generation,
                        wanted,
                        (ordinal, vector) -> known.put(ordinal, VectorMath.dot(query, vector))));
        float[] scores = new float[ordinals.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = known.getOrDefault(ordinals[i], Float.NaN);
        }
        return scores;
    }

    private static VectorTable.Rows scoring(float[] query, BestRows best) {
        return (ordinal, vector) -> {
            float score = VectorMath.dot(query, vector);
            // False for NaN, which thereby matches nothing.
            if (score >= best.threshold()) {
                best.accept(ordinal, score);
            }
        };
    }

    /** The rows of a generation are kept as long as its view can be reached. */
    private void reading(Runnable read) {
        try {
            read.run();
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
