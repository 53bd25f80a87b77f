package dev.vitrine.kernels.quantized;

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
