package dev.vitrine.kernels.vector;

/** Arithmetic behind {@link NibbleMath}; implementations do not check arguments. */
interface NibbleKernels {

    /** See {@link NibbleMath#dotBlock}. */
    void dotBlock(short[] query, NibbleRows rows, int firstRow, int count, int[] sums);

    /** See {@link NibbleMath#dotRows}. */
    void dotRows(short[] query, NibbleRows rows, int[] rowNumbers, int count, int[] sums);
}
