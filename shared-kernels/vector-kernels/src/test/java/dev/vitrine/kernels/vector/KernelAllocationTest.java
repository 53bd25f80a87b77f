package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vitrine.kernels.multivector.MaxSim;
import dev.vitrine.kernels.projection.HadamardRotation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled batch scoring must not allocate: a vector that C2 fails to keep in a register is boxed,
 * which costs a factor of 50 and shows nowhere else.
 */
@Tag("width")
class KernelAllocationTest {

    private static final int DIMENSIONS = 387;
    private static final int WORDS = 7;
    private static final int ROWS = 66;
    private static final int QUERIES = 5;
    private static final int CALLS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final NativeRows rows = NativeRows.allocate(DIMENSIONS, ROWS);
    private final NativeRows[] places = new NativeRows[ROWS];
    private final float[] query = new float[DIMENSIONS];
    private final int[] rowNumbers = new int[ROWS];
    private final float[] scores = new float[ROWS];

    private final ByteRows codes = ByteRows.allocate(DIMENSIONS, ROWS);
    private final ByteRows[] codePlaces = new ByteRows[ROWS];
    private final short[] codeQuery = CodeMath.query(new byte[DIMENSIONS]);
    private final int[] sums = new int[ROWS];
    private final long[] distances = new long[SignBlock.ROWS];

    private final ByteBlock byteBlock = ByteBlock.allocate(96);
    private final short[] blockQuery = CodeMath.blockQuery(new int[96]);

    private final NativeRows queries = NativeRows.allocate(DIMENSIONS, QUERIES);
    private final float[] batchScores = new float[QUERIES * ROWS];
    private final short[][] codeQueries = new short[QUERIES][];
    private final int[] batchSums = new int[QUERIES * ROWS];
    private final BfloatRows bfloats = BfloatRows.allocate(DIMENSIONS, ROWS);
    private final float[] bfloatQuery = BfloatMath.query(query);
    private final NibbleRows nibbles = NibbleRows.allocate(DIMENSIONS, ROWS);
    private final short[] nibbleQuery = NibbleMath.query(new byte[DIMENSIONS]);
    private final float[] transformed = new float[256];
    private final HadamardRotation rotation = new HadamardRotation(DIMENSIONS, 1);
    private final MaxSim maxSim = new MaxSim(queries);

    private final SignBlock[] blocks = {SignBlock.allocate(WORDS), SignBlock.allocate(WORDS)};
    private final SignBlocks signBlocks =
            new SignBlocks(blocks[0].words(), blocks, new long[] {-1L, 0});
    private final long[] signs = new long[WORDS];
    private final long[] planes = new long[CodeMath.PLANES * WORDS];
    private final long[] wanted = new long[1];

    @Test
    void batches_onceCompiled_allocateNothing() {
        Arrays.setAll(rowNumbers, i -> ROWS - 1 - i);
        Arrays.fill(places, rows);
        Arrays.fill(codePlaces, codes);
        Arrays.fill(codeQueries, codeQuery);
        VectorMath.warmUp(DIMENSIONS, Duration.ofMillis(500));
        // Compilation runs in the background and may have to wait for a core: until it is done, the
        // batches allocate.
        long start = System.nanoTime();
        long allocated;
        do {
            allocated = allocatedByBatches();
        } while (allocated > 0 && System.nanoTime() - start < PATIENCE.toNanos());
        assertThat(allocated).isZero();
    }

    private long allocatedByBatches() {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
            VectorMath.dotBlock(query, rows, 0, ROWS, scores, 0);
            VectorMath.dotRows(query, rows, rowNumbers, ROWS, scores);
            VectorMath.dotEach(query, places, rowNumbers, ROWS, scores);
            scores[0] = VectorMath.dot(query, query);
            CodeMath.dotBlock(codeQuery, codes, 0, ROWS, sums);
            CodeMath.dotEach(codeQuery, codePlaces, rowNumbers, ROWS, sums);
            CodeMath.dotBlock(blockQuery, byteBlock, sums);
            scores[0] = CodeMath.notUnder(scores, 0, call);
            wanted[0] = call % 2 == 0 ? -1L : call;
            CodeMath.within(signs, signs, signBlocks, call, wanted);
            wanted[0] = CodeMath.within(signs, signs, signBlocks, 0, 0, call);
            CodeMath.distances(signs, signs, blocks[0], distances);
            CodeMath.distances(signs, signs, signBlocks, rowNumbers, ROWS, sums);
            CodeMath.planeSums(planes, blocks[0], call, distances);
            BatchMath.dotBlock(queries, 0, QUERIES, rows, 0, ROWS, batchScores);
            BatchMath.dotBlock(codeQueries, QUERIES, codes, 0, ROWS, batchSums);
            BfloatMath.dotBlock(bfloatQuery, bfloats, 0, ROWS, scores);
            BfloatMath.dotRows(bfloatQuery, bfloats, rowNumbers, ROWS, scores);
            NibbleMath.dotBlock(nibbleQuery, nibbles, 0, ROWS, sums);
            NibbleMath.dotRows(nibbleQuery, nibbles, rowNumbers, ROWS, sums);
            Hadamard.transform(transformed, 0, transformed.length);
            rotation.rotate(query);
            scores[0] = maxSim.score(rows, 0, ROWS);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
