package dev.vitrine.kernels.vector;

/** Arithmetic behind {@link BfloatMath}; implementations do not check arguments. */
interface BfloatKernels {

    /** See {@link BfloatMath#dotBlock}. */
    void dotBlock(float[] query, BfloatRows rows, int firstRow, int count, float[] scores);

    /** See {@link BfloatMath#dotRows}. */
    void dotRows(float[] query, BfloatRows rows, int[] rowNumbers, int count, float[] scores);
}
