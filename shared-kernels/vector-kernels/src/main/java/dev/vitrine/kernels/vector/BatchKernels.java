package dev.vitrine.kernels.vector;

/** Arithmetic behind {@link BatchMath}; implementations do not check arguments. */
interface BatchKernels {

    /** See {@link BatchMath#dotBlock(NativeRows, int, int, NativeRows, int, int, float[])}. */
    void dotBlock(
            NativeRows queries,
            int firstQuery,
            int queryCount,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores);

    /** See {@link BatchMath#dotBlock(short[][], int, ByteRows, int, int, int[])}. */
    void dotBlock(
            short[][] queries, int queryCount, ByteRows rows, int firstRow, int count, int[] sums);
}
