package dev.vitrine.index.quality;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.BestRows;
import dev.vitrine.kernels.vector.BatchMath;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.Random;

/**
 * How hard rows are to search, from the neighbours within a sample of them.
 *
 * @param rows all of them
 * @param intrinsicDimension maximum likelihood estimate of Levina and Bickel (2004) from each row's
 *     nearest, averaged by their inverses (MacKay and Ghahramani, 2005); NaN where all rows are
 *     equal
 * @param hubness skewness of the number of rows among whose nearest a row is (Radovanović et al.,
 *     2010): 0 where all are named equally often, large where few are named by all; NaN where no
 *     row is named more often than another
 */
record VectorShape(int rows, double intrinsicDimension, double hubness) {

    /** Neighbours of a row. */
    static final int K = 10;

    private static final int QUERIES = 64;

    /**
     * Measures unit vectors.
     *
     * @param rowsMax size of the sample, over {@link #K}; the work grows with its square
     */
    static VectorShape of(VectorSearch search, int rowsMax, Random random) {
        NativeRows sample = sample(search, rowsMax, random);
        return sample.count() <= K + 1
                ? new VectorShape(search.rowCount(), Double.NaN, Double.NaN)
                : of(search.rowCount(), sample);
    }

    private static VectorShape of(int rows, NativeRows sample) {
        int count = sample.count();
        float[] scores = new float[QUERIES * count];
        int[] named = new int[count];
        double inverses = 0;
        int estimates = 0;
        for (int from = 0; from < count; from += QUERIES) {
            int queries = Math.min(QUERIES, count - from);
            BatchMath.dotBlock(sample, from, queries, sample, 0, count, scores);
            for (int q = 0; q < queries; q++) {
                RowMatches nearest = nearest(scores, q * count, count, from + q);
                for (int ordinal : nearest.ordinals()) {
                    named[ordinal]++;
                }
                double inverse = inverseDimension(nearest.scores());
                if (inverse > 0) {
                    inverses += inverse;
                    estimates++;
                }
            }
        }
        return new VectorShape(rows, estimates / inverses, skewness(named));
    }

    /** Reservoir sampling over the ordinals. */
    private static NativeRows sample(VectorSearch search, int rowsMax, Random random) {
        int[] chosen = new int[Math.min(rowsMax, Math.max(1, search.rowCount()))];
        int seen = 0;
        for (int ordinal = 0; ordinal < search.ordinalLimit(); ordinal++) {
            if (!search.contains(ordinal)) {
                continue;
            }
            int place = seen < chosen.length ? seen : random.nextInt(seen + 1);
            if (place < chosen.length) {
                chosen[place] = ordinal;
            }
            seen++;
        }
        NativeRows sample = NativeRows.allocate(search.dimensions(), chosen.length);
        float[] row = new float[search.dimensions()];
        for (int i = 0; i < Math.min(seen, chosen.length); i++) {
            search.copyRow(chosen[i], row);
            sample.set(i, row);
        }
        return sample;
    }

    private static RowMatches nearest(float[] scores, int from, int count, int self) {
        BestRows best = new BestRows(K);
        for (int i = 0; i < count; i++) {
            if (i != self && scores[from + i] >= best.threshold()) {
                best.accept(i, scores[from + i]);
            }
        }
        return best.toMatches();
    }

    /** Mean logarithm of the farthest distance over each nearer one; equal rows have none. */
    private static double inverseDimension(float[] cosines) {
        double farthest = distance(cosines[cosines.length - 1]);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < cosines.length - 1; i++) {
            double distance = distance(cosines[i]);
            if (distance > 0) {
                sum += Math.log(farthest / distance);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double distance(float cosine) {
        // What rounding leaves between equal rows is no distance.
        return cosine > 1 - 1e-6 ? 0 : Math.sqrt(2 - 2 * (double) cosine);
    }

    private static double skewness(int[] counts) {
        double mean = 0;
        for (int count : counts) {
            mean += (double) count / counts.length;
        }
        double second = 0;
        double third = 0;
        for (int count : counts) {
            double deviation = count - mean;
            second += deviation * deviation / counts.length;
            third += deviation * deviation * deviation / counts.length;
        }
        return third / Math.pow(second, 1.5);
    }
}
