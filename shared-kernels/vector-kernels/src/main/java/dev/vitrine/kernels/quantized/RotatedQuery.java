package dev.vitrine.kernels.quantized;

/**
 * A query as {@link SignEncoder#rotate} turns it.
 *
 * @param rotated its components, as many as a code has bits
 * @param offset score of the center
 * @param length of the query
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RotatedQuery(float[] rotated, float offset, float length) {

    /** For a closer look at few rows. */
    PlaneQuery planes() {
        return PlaneQuery.of(rotated, offset);
    }
}
