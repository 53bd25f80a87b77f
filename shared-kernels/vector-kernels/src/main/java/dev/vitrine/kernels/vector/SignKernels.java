package dev.vitrine.kernels.vector;

/** Arithmetic behind {@link CodeMath} for sign codes; implementations do not check arguments. */
interface SignKernels {

    /** See {@link CodeMath#within(long[], long[], SignBlocks, int, long[])}. */
    void within(long[] signs, long[] large, SignBlocks blocks, int limit, long[] rows);

    /** See {@link CodeMath#within(long[], long[], SignBlocks, int, int, int)}. */
    long within(long[] signs, long[] large, SignBlocks blocks, int block, int next, int limit);

    /** See {@link CodeMath#distances(long[], long[], SignBlock, long[])}. */
    void distances(long[] signs, long[] large, SignBlock block, long[] distances);

    /** See {@link CodeMath#distances(long[], long[], SignBlocks, int[], int, int[])}. */
    void distances(
            long[] signs, long[] large, SignBlocks blocks, int[] rows, int count, int[] distances);

    /** See {@link CodeMath#planeSums}. */
    void planeSums(long[] planes, SignBlock block, long rows, long[] sums);
}
