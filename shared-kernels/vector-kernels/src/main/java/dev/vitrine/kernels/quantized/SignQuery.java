package dev.vitrine.kernels.quantized;

/**
 * A query against sign codes: two estimates of a row's score.
 *
 * <p>From bit planes: with the bits {@code s} of a code, its signs {@code b = 2 s - 1}, and the
 * rotated query about {@code step * u}, {@code <b, R q> = 2 step <s, u> - sum(R q)}.
 *
 * <p>From the weighted Hamming distance d: with the query about {@code t * v}, v of weights 1 and
 * 3, {@code <b, R q>} is about {@code t (sum|v| - 2 d)}, t the least-squares fit.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignQuery(
        long[] signs,
        long[] large,
        long[] planes,
        float planeScale,
        float planeOffset,
        float distanceScale,
        float distanceOffset,
        float centerScore,
        float length) {

    /** Estimate from a row's factor and its sum over the planes. */
    float estimate(float factor, long planeSum) {
        return centerScore + factor * (planeScale * planeSum + planeOffset);
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
