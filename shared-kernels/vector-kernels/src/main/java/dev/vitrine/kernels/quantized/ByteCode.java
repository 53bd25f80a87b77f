package dev.vitrine.kernels.quantized;

import java.util.Arrays;

/**
 * An int8 code of one vector: each component is about {@code step * code}, code -127 to 127.
 * Locally adaptive, as every vector has its own step (LVQ, arXiv 2304.04759 section 3.1, with a
 * symmetric range and without the mean, so that nothing has to be learned).
 *
 * <p>How far the code is from its vector is known, not estimated: that makes the error band of a
 * search a guarantee.
 *
 * @param step what one unit of the code is worth; 0 when the vector has no code
 * @param error length of the difference between vector and code, rounded up; infinite when the
 *     vector has no code
 * @param length length of the decoded code, rounded up
 */
record ByteCode(float step, float error, float length) {

    private static final int LIMIT = 127;

    /** For a vector so long or so short that products leave the range of a float. */
    private static final ByteCode NONE = new ByteCode(0, Float.POSITIVE_INFINITY, 0);

    /**
     * Encodes a vector of finite components.
     *
     * @param codes receives the code from its start; at least as long as the vector
     */
    static ByteCode encode(float[] vector, byte[] codes) {
        float largest = 0;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        if (largest == 0) {
            Arrays.fill(codes, 0, vector.length, (byte) 0);
            return new ByteCode(0, 0, 0);
        }
        float step = largest / LIMIT;
        if (Rounding.squares(vector) > Float.MAX_VALUE || step < Float.MIN_NORMAL) {
            Arrays.fill(codes, 0, vector.length, (byte) 0);
            return NONE;
        }
        float perStep = 1 / step;
        double errors = 0;
        long codeSquares = 0;
        for (int i = 0; i < vector.length; i++) {
            // No more than the limit, as no component is more than the largest.
            codes[i] = (byte) Rounding.nearest(vector[i] * perStep);
        }
        for (int i = 0; i < vector.length; i++) {
            double error = vector[i] - (double) step * codes[i];
            errors += error * error;
            codeSquares += codes[i] * codes[i];
        }
        return new ByteCode(
                step,
                (float) (Math.sqrt(errors) * Rounding.UP),
                (float) (step * Math.sqrt((double) codeSquares) * Rounding.UP));
    }
}
