package dev.vitrine.index.quality;

import dev.vitrine.index.column.Words;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.BestRows;
import java.util.stream.IntStream;

/**
 * Compares a served search, and one for the nearest rows of the same query and filter, with a scan
 * of all rows. The scan reads the stored vectors, not the engine's codes, so wrong codes show.
 */
final class RecallProbe {

    /** Neighbours that are compared. */
    static final int K = 10;

    private static final int BATCH = 4_096;

    private RecallProbe() {}

    static Comparison compare(ServedSearch served) {
        VectorSearch rows = served.rows();
        long[] passing = served.passing();
        long[] found = new long[passing.length];
        for (int ordinal : served.found().ordinals()) {
            Words.set(found, ordinal);
        }
        BestRows best = new BestRows(K);
        int over = 0;
        int foundOver = 0;
        for (int from = 0; from < passing.length * Long.SIZE; from += BATCH) {
            int[] ordinals =
                    IntStream.range(from, from + BATCH)
                            .filter(ordinal -> Words.get(passing, ordinal))
                            .toArray();
            float[] scores = rows.scores(served.query(), ordinals);
            for (int i = 0; i < ordinals.length; i++) {
                // False for NaN: no such row.
                if (scores[i] >= best.threshold()) {
                    best.accept(ordinals[i], scores[i]);
                }
                if (scores[i] >= served.floor()) {
                    over++;
                    foundOver += Words.get(found, ordinals[i]) ? 1 : 0;
                }
            }
        }
        return new Comparison(
                Selectivity.of(Words.size(passing), rows.rowCount()),
                (double) foundOver / over,
                nearest(served, best.toMatches()));
    }

    /** A row that scores as the last of the true nearest counts as one. */
    private static double nearest(ServedSearch served, RowMatches truth) {
        if (truth.size() == 0) {
            return Double.NaN;
        }
        float last = truth.score(truth.size() - 1);
        int[] found =
                served.rows().topK(served.query(), K, RowFilter.of(served.passing())).ordinals();
        float[] scores = served.rows().scores(served.query(), found);
        long hits =
                IntStream.range(0, found.length)
                        .filter(i -> scores[i] >= last && Words.get(served.passing(), found[i]))
                        .count();
        return (double) hits / truth.size();
    }
}
