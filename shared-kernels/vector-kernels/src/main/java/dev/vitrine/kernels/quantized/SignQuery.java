package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.CodeMath;

/**
 * A query against sign codes. With the rotated query about {@code t * v}, v of weights 1 and 3, t
 * the least-squares fit, and the weighted Hamming distance d between its signs and a row's, {@code
 * <b, R q>} is about {@code t (sum|v| - 2 d)}.
 *
 * @param signs sign of each component
 * @param large whether its weight is 3
 * @param distanceScale what a unit of distance takes off a score
 * @param distanceOffset score at distance 0
 * @param length of the query
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignQuery(
        long[] signs, long[] large, float distanceScale, float distanceOffset, float length) {

    /**
     * Fits the weights to a query.
     *
     * @param meanFactor mean of {@link SignEncoder#factor} over all rows
     */
    static SignQuery of(RotatedQuery query, float meanFactor) {
        float[] rotated = query.rotated();
        int bits = rotated.length;
        long[] signs = new long[bits / Long.SIZE];
        SignEncoder.signs(rotated, signs);
        float[] absolutes = new float[bits];
        for (int i = 0; i < bits; i++) {
            absolutes[i] = Math.abs(rotated[i]);
        }
        double sum = Rounding.absolutes(rotated);
        float mean = (float) (sum / bits);
        long[] large = new long[signs.length];
        double onLarge = 0;
        int larges = 0;
        for (int w = 0; w < large.length; w++) {
            large[w] = CodeMath.notUnder(absolutes, w * Long.SIZE, mean);
            for (long left = large[w]; left != 0; left &= left - 1) {
                onLarge += absolutes[w * Long.SIZE + Long.numberOfTrailingZeros(left)];
                larges++;
            }
        }
        double onWeights = sum + (CodeMath.LARGE - 1) * onLarge;
        int weights = bits + (CodeMath.LARGE - 1) * larges;
        int weightSquares = bits + (CodeMath.LARGE * CodeMath.LARGE - 1) * larges;
        double fit = meanFactor * onWeights / weightSquares;
        return new SignQuery(
                signs,
                large,
                (float) (2 * fit),
                (float) (query.offset() + fit * weights),
                query.length());
    }

    /** Estimate from a weighted Hamming distance, for a row of average factor. */
    float estimate(long distance) {
        return distanceOffset - distanceScale * distance;
    }

    /** The largest weighted Hamming distance whose estimate is still at or over a score. */
    int distanceAt(double score) {
        return distanceScale > 0
                ? (int) Math.clamp((distanceOffset - score) / distanceScale, 0, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }
}
