package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How top-k is searched: how far under the k-th best score an estimate from signs may lie for its
 * row to be looked at further. Found on a sample of queries, see {@link PlanFinder}.
 *
 * <p>A margin, not a number of candidates: how many rows lie in a margin differs from query to
 * query and from filter to filter, how far estimates err does not.
 *
 * @param margin for searches of all rows, for a query of length 1
 * @param errors tell it under a filter, which may leave many rows close to the k-th best
 * @param rows rows inside the margin, of most queries; where the search begins
 * @param recall share of the true best {@link #K} that the sample's searches found
 * @param queries size of the sample
 * @param real whether the sample were queries that people asked, not rows
 * @param clusters which clusters are read; null if all rows are
 */
record SearchPlan(
        double margin,
        ErrorQuantiles errors,
        int rows,
        double recall,
        int queries,
        boolean real,
        @Nullable ClusterPlan clusters) {

    /** Number of results that plans are made for; margins hold for others as well. */
    static final int K = 10;

    /** Over this many results every int8 code is compared. */
    static final int K_MAX = 1_000;

    /** Stands for the plan while it is being found. */
    static final SearchPlan UNKNOWN =
            new SearchPlan(0, ErrorQuantiles.of(DoubleStream.of(0), 1), K, 0, 0, false, null);

    void write(DataOutput out) throws IOException {
        out.writeDouble(margin);
        errors.write(out);
        out.writeInt(rows);
        out.writeDouble(recall);
        out.writeInt(queries);
        out.writeBoolean(real);
        out.writeBoolean(clusters != null);
        if (clusters != null) {
            clusters.write(out);
        }
    }

    static SearchPlan read(DataInput in) throws IOException {
        return new SearchPlan(
                in.readDouble(),
                ErrorQuantiles.read(in),
                in.readInt(),
                in.readDouble(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean() ? ClusterPlan.read(in) : null);
    }

    /** Rows where a search for the best k begins, about; what is inside a margin grows slower. */
    int rowsFor(int k) {
        return (int) (rows * Math.sqrt((double) k / K));
    }

    SearchPlan withRecall(double measured) {
        return new SearchPlan(margin, errors, rows, measured, queries, real, clusters);
    }

    SearchPlan with(ClusterPlan others) {
        return new SearchPlan(margin, errors, rows, recall, queries, real, others);
    }

    String describe() {
        String read =
                clusters == null
                        ? String.format(Locale.ROOT, "margin %.3f (%d rows)", margin, rows)
                        : clusters.describe();
        return String.format(
                Locale.ROOT,
                "%s; recall@%d %.3f on %d %s",
                read,
                K,
                recall,
                queries,
                real ? "queries" : "rows as queries");
    }
}
