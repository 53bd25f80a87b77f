package dev.vitrine.pgvector;

import dev.vitrine.kernels.vector.VectorMath;

/**
 * A query with what its scores in PostgreSQL can be off.
 *
 * @param vector the components; finite
 * @param slack times the length of a row: how far our score and pgvector's may lie apart
 * @param overflow rows of this length or more may overflow, in whatever order products are added
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Query(float[] vector, double slack, double overflow) {

    /** Half a unit in the last place of 1, for floats. */
    private static final double ROUNDING = 0x1p-24;

    static Query of(float[] vector, int dimensions) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException(
                    "a query of " + vector.length + " for rows of " + dimensions);
        }
        if (!VectorMath.isFinite(vector)) {
            throw new IllegalArgumentException("the query has a NaN or infinite component");
        }
        double length = length(vector);
        // A float sum of n products is off by n roundings of its length at most, in any order
        // (Higham, 2002, chapter 3): twice that for two sums, and twice again to be on the safe
        // side of second order terms.
        return new Query(
                vector, 4 * (dimensions + 2) * ROUNDING * length, Float.MAX_VALUE / 2 / length);
    }

    /** Euclidean, in double precision. */
    static double length(float[] vector) {
        double sum = 0;
        for (float component : vector) {
            sum += (double) component * component;
        }
        return Math.sqrt(sum);
    }
}
