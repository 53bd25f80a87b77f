package dev.vitrine.kernels.vector;

/**
 * The fast Walsh-Hadamard transform, computed by the kernels that {@link VectorMath} chose. Every
 * implementation gives the same bits. Allocates nothing; safe for all threads.
 */
public final class Hadamard {

    private static final HadamardKernels KERNELS = VectorMath.kernels().hadamard();

    private Hadamard() {}

    /**
     * Multiplies a part of an array by the Hadamard matrix of its length (Sylvester's order,
     * entries 1 and -1) in place, with {@code length * log2(length)} additions. Twice gives {@code
     * length} times the input. NaN and infinities follow IEEE 754.
     *
     * @param length a power of two from 1 on
     */
    public static void transform(float[] data, int from, int length) {
        if (Integer.bitCount(length) != 1 || length < 0) {
            throw new IllegalArgumentException("length " + length + " is no power of two");
        }
        VectorMath.checkRange("components", from, length, data.length);
        KERNELS.transform(data, from, length);
    }
}
