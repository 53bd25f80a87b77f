package dev.vitrine.kernels.vector;

/**
 * Arithmetic behind {@link VectorMath}, batch first; implementations do not check arguments.
 *
 * <p>All float methods of one implementation give the same bits for the same numbers, whichever
 * rows are scored together and whether the code is interpreted or compiled. A score that is
 * compared with a threshold in one place and recomputed in another therefore never changes sides.
 * Between implementations only the order of additions differs, so results agree up to rounding. NaN
 * and infinities follow IEEE 754: they come out as they go in.
 *
 * <p>Implementations are stateless and safe for all threads.
 */
interface VectorKernels {

    KernelSelection selection();

    /** The kernels of the same kind for {@link BatchMath}. */
    BatchKernels batches();

    /** The kernels of the same kind for {@link BfloatMath}. */
    BfloatKernels bfloats();

    /** The kernels of the same kind for {@link NibbleMath}. */
    NibbleKernels nibbles();

    /** The kernels of the same kind for the sign codes of {@link CodeMath}. */
    SignKernels signs();

    /** The kernels of the same kind for {@link Hadamard}. */
    HadamardKernels hadamard();

    /** Sum of products of two vectors of equal length. */
    float dot(float[] a, float[] b);

    /**
     * Dot products of the query with {@code count} rows that lie one after another.
     *
     * @param scores receives {@code count} results from {@code scoresOffset} on
     */
    void dotBlock(
            float[] query,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores,
            int scoresOffset);

    /** Dot products of the query with the first {@code count} rows named in {@code rowNumbers}. */
    void dotRows(float[] query, NativeRows rows, int[] rowNumbers, int count, float[] scores);

    /** Dot products of the query with row {@code rowNumbers[i]} of {@code rows[i]}. */
    void dotEach(float[] query, NativeRows[] rows, int[] rowNumbers, int count, float[] scores);

    /** See {@link CodeMath#dotBlock(short[], ByteRows, int, int, int[])}. */
    void byteDotBlock(short[] query, ByteRows rows, int firstRow, int count, int[] sums);

    /** See {@link CodeMath#dotEach}. */
    void byteDotEach(short[] query, ByteRows[] rows, int[] rowNumbers, int count, int[] sums);

    /** See {@link CodeMath#dotBlock(short[], ByteBlock, int[])}. */
    void byteBlockDots(short[] query, ByteBlock block, int[] sums);

    /** See {@link CodeMath#notUnder}. */
    long notUnder(float[] values, int from, float limit);
}
