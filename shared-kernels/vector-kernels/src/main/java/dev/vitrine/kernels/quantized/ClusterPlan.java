package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * Which clusters are read, and which of their rows.
 *
 * @param margins of clusters and rows
 * @param filtered margins under a filter, see {@link PassingRows#keepsBestAway}
 * @param share of the clusters that are read on average
 */
record ClusterPlan(Margins margins, Margins filtered, double share) {

    void write(DataOutput out) throws IOException {
        margins.write(out);
        filtered.write(out);
        out.writeDouble(share);
    }

    static ClusterPlan read(DataInput in) throws IOException {
        return new ClusterPlan(Margins.read(in), Margins.read(in), in.readDouble());
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "%.1f %% of the clusters, margins %.2f, %.2f, %.2f",
                100 * share,
                margins.reach(),
                margins.signs(),
                margins.planes());
    }
}
