package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.exact.FloatRowsView;
import dev.vitrine.kernels.paged.StoredPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes that have to be learned, of all rows: heads for ranges, signs for top-k.
 *
 * @param heads what bounds scores
 * @param signs what estimates them
 * @param clusters of near rows; null if they are not searched
 */
record LearnedRows(HeadRows heads, SignRows signs, @Nullable ClusterRows clusters) {

    /**
     * Learns how to encode; the codes are still missing.
     *
     * @param floats the rows, with changes that are still to come
     * @param clustering whether clusters are made
     */
    static LearnedRows learn(
            FloatRowsView rows,
            List<QuerySample.Range> ranges,
            int ordinalsMax,
            FloatRows floats,
            Clustering clustering) {
        SignEncoder encoder = SignEncoder.learn(rows);
        return new LearnedRows(
                new HeadRows(
                        HeadLearner.learn(rows, ranges),
                        rows.dimensions(),
                        ordinalsMax,
                        StoredPages.none()),
                new SignRows(encoder, ordinalsMax, StoredPages.none()),
                clustering == Clustering.NEVER ? null : new ClusterRows(encoder, floats));
    }

    /** The same heads and signs. */
    LearnedRows withoutClusters() {
        return new LearnedRows(heads, signs, null);
    }

    void put(int ordinal, float[] vector) {
        heads.put(ordinal, vector);
        signs.put(ordinal, vector);
        if (clusters != null) {
            clusters.put(ordinal);
        }
    }

    void prepare(int ordinal, float[] vector) {
        heads.prepare(ordinal);
        signs.prepare(ordinal);
        if (clusters != null) {
            clusters.prepare(vector);
        }
    }

    void remove(int ordinal) {
        heads.remove(ordinal);
        signs.remove(ordinal);
        if (clusters != null) {
            clusters.remove(ordinal);
        }
    }

    /** Lets the next views refer to stored pages directly, once they were read. */
    void settle() {
        heads.settle();
        signs.settle();
        if (clusters != null) {
            clusters.settle();
        }
    }

    /** Encodes all rows of a view but those that changed since. */
    void fill(FloatRowsView rows) {
        heads.fill(rows);
        signs.fill(rows);
        if (clusters != null) {
            clusters.fill(rows);
        }
    }
}
