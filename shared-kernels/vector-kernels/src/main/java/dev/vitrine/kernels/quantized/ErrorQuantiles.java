package dev.vitrine.kernels.quantized;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.DoubleStream;

/**
 * How far estimates of true neighbours lie under their scores, for queries of length 1, and what
 * margin that asks for under a floor.
 *
 * <p>A row whose score is over the floor by {@code g} is inside a margin {@code m} if its estimate
 * errs by {@code m + g} at most. How far the best rows lie apart differs from query to query and
 * much more from filter to filter; how far estimates err does not. So the margin follows from the
 * rows that a search has found: where they lie close together it is as wide as the errors, where
 * only the last ones are close to the floor it is far less.
 *
 * @param values rising, from the least error to the largest at even shares
 * @param share of the best rows that is to be inside a margin
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ErrorQuantiles(float[] values, double share) {

    private static final int COUNT = 65;

    private static final int BISECTIONS = 10;

    static ErrorQuantiles of(DoubleStream errors, double share) {
        double[] sorted = errors.sorted().toArray();
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) sorted[(int) Math.ceil(i * (sorted.length - 1.0) / (COUNT - 1))];
        }
        return new ErrorQuantiles(values, share);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(share);
        FloatArrays.write(out, values);
    }

    static ErrorQuantiles read(DataInput in) throws IOException {
        double share = in.readDouble();
        return new ErrorQuantiles(FloatArrays.read(in, COUNT), share);
    }

    /**
     * The least margin that is expected to hold enough of the best rows.
     *
     * @param gaps what each of them, or a sample of them, scores over the floor
     */
    double margin(float[] gaps) {
        double enough = values[(int) Math.ceil(share * (COUNT - 1))];
        double tooNarrow = enough;
        for (float gap : gaps) {
            tooNarrow = Math.min(tooNarrow, enough - gap);
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double margin = (tooNarrow + enough) / 2;
            double inside = 0;
            for (float gap : gaps) {
                inside += shareUpTo(margin + gap);
            }
            if (inside >= share * gaps.length) {
                enough = margin;
            } else {
                tooNarrow = margin;
            }
        }
        return enough;
    }

    /** About the share of the errors that are no larger; even between two quantiles. */
    private double shareUpTo(double error) {
        int larger = 0;
        int end = COUNT;
        while (larger < end) {
            int middle = (larger + end) >>> 1;
            if (values[middle] > error) {
                end = middle;
            } else {
                larger = middle + 1;
            }
        }
        if (larger == 0 || larger == COUNT) {
            return larger == 0 ? 0 : 1;
        }
        float below = values[larger - 1];
        return (larger - 1 + (error - below) / (values[larger] - below)) / (COUNT - 1);
    }
}
