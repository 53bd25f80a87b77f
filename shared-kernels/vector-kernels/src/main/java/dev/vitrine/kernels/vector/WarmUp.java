package dev.vitrine.kernels.vector;

import java.time.Duration;
import java.util.Arrays;

/** Calls every kernel until it is compiled. */
final class WarmUp {

    /** One row over a multiple of four, so that the rest of a batch is compiled as well. */
    private static final int ROWS = 9;

    private static final int CALLS = 50;

    private final NativeRows rows;
    private final NativeRows[] places = new NativeRows[ROWS];
    private final float[] vector;
    private final int[] rowNumbers = new int[ROWS];
    private final float[] scores = new float[ROWS];

    private final ByteRows codes;
    private final ByteRows[] codePlaces = new ByteRows[ROWS];
    private final short[] codeQuery;
    private final int[] sums = new int[ROWS];
    private final long[] distances = new long[SignBlock.ROWS];

    private final ByteBlock byteBlock;
    private final short[] blockQuery;
    private final int[] blockSums = new int[ByteBlock.ROWS];
    private final float[] bounds = new float[ByteBlock.ROWS];

    private final SignBlocks blocks;
    private final long[] signs;
    private final long[] planes;
    private final long[] wanted = {-1L};

    WarmUp(int dimensions) {
        rows = NativeRows.allocate(dimensions, ROWS);
        codes = ByteRows.allocate(dimensions, ROWS);
        vector = new float[dimensions];
        Arrays.fill(vector, 1f);
        for (int r = 0; r < ROWS; r++) {
            rows.set(r, vector);
        }
        Arrays.fill(places, rows);
        Arrays.fill(codePlaces, codes);
        Arrays.setAll(rowNumbers, i -> ROWS - 1 - i);
        codeQuery = CodeMath.query(new byte[dimensions]);
        int padded = (dimensions + ByteBlock.GROUP - 1) / ByteBlock.GROUP * ByteBlock.GROUP;
        byteBlock = ByteBlock.allocate(padded);
        blockQuery = CodeMath.blockQuery(new int[padded]);
        int words = (dimensions + Long.SIZE - 1) / Long.SIZE;
        SignBlock[] block = {SignBlock.allocate(words)};
        blocks = new SignBlocks(words, block, new long[] {-1L});
        signs = new long[words];
        planes = new long[CodeMath.PLANES * words];
    }

    /** Nanoseconds that one float row took in the last round. */
    double run(Duration limit) {
        long start = System.nanoTime();
        double nanosPerRow;
        do {
            long roundStart = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                VectorMath.dotBlock(vector, rows, 0, ROWS, scores, 0);
                VectorMath.dotRows(vector, rows, rowNumbers, ROWS, scores);
                scores[0] = VectorMath.dot(vector, vector);
            }
            nanosPerRow = (System.nanoTime() - roundStart) / (double) (CALLS * (2 * ROWS + 1));
            for (int i = 0; i < CALLS; i++) {
                VectorMath.dotEach(vector, places, rowNumbers, ROWS, scores);
                CodeMath.dotBlock(codeQuery, codes, 0, ROWS, sums);
                CodeMath.dotEach(codeQuery, codePlaces, rowNumbers, ROWS, sums);
                CodeMath.dotBlock(blockQuery, byteBlock, blockSums);
                bounds[0] = CodeMath.notUnder(bounds, 0, i);
                wanted[0] = -1L;
                CodeMath.within(signs, signs, blocks, i, wanted);
                CodeMath.distances(signs, signs, blocks.block(0), distances);
                CodeMath.distances(signs, signs, blocks, rowNumbers, ROWS, sums);
                CodeMath.planeSums(planes, blocks.block(0), -1L, distances);
            }
        } while (System.nanoTime() - start < limit.toNanos());
        return nanosPerRow;
    }
}
