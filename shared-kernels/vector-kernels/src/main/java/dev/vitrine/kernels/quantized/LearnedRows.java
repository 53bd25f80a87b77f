package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.StoredPages;
import java.util.List;

/**
 * The codes that have to be learned, of all rows: heads for ranges, signs for top-k.
 *
 * @param heads what bounds scores
 * @param signs what estimates them
 */
record LearnedRows(HeadRows heads, SignRows signs) {

    /** Learns how to encode; the codes are still missing. */
    static LearnedRows learn(FloatRowsView rows, List<QuerySample.Range> ranges, int ordinalsMax) {
        return new LearnedRows(
                new HeadRows(
                        HeadLearner.learn(rows, ranges),
                        rows.dimensions(),
                        ordinalsMax,
                        StoredPages.none()),
                new SignRows(SignEncoder.learn(rows), ordinalsMax, StoredPages.none()));
    }

    void put(int ordinal, float[] vector) {
        heads.put(ordinal, vector);
        signs.put(ordinal, vector);
    }

    void prepare(int ordinal) {
        heads.prepare(ordinal);
        signs.prepare(ordinal);
    }

    void remove(int ordinal) {
        heads.remove(ordinal);
        signs.remove(ordinal);
    }

    /** Lets the next views refer to stored pages directly, once they were read. */
    void settle() {
        heads.settle();
        signs.settle();
    }

    /** Encodes all rows of a view but those that changed since. */
    void fill(FloatRowsView rows) {
        heads.fill(rows);
        signs.fill(rows);
    }
}
