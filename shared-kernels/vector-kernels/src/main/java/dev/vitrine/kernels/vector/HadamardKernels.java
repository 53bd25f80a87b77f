package dev.vitrine.kernels.vector;

/** Arithmetic behind {@link Hadamard}; implementations do not check arguments. */
interface HadamardKernels {

    /** See {@link Hadamard#transform}. */
    void transform(float[] data, int from, int length);
}
