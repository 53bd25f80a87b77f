package dev.vitrine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
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
    private static final int ROWS = 66;
    private static final int CALLS = 200;
    private static final int ATTEMPTS_MAX = 100;

    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final NativeRows rows = NativeRows.allocate(DIMENSIONS, ROWS);
    private final float[] query = new float[DIMENSIONS];
    private final int[] rowNumbers = new int[ROWS];
    private final float[] scores = new float[ROWS];

    @Test
    void batches_onceCompiled_allocateNothing() {
        Arrays.setAll(rowNumbers, i -> ROWS - 1 - i);
        VectorMath.warmUp(DIMENSIONS, Duration.ofMillis(500));
        // Compilation runs in the background, so the first attempts may still allocate.
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS_MAX && allocated > 0; attempt++) {
            allocated = allocatedByBatches();
        }
        assertThat(allocated).isZero();
    }

    private long allocatedByBatches() {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
            VectorMath.dotBlock(query, rows, 0, ROWS, scores, 0);
            VectorMath.dotRows(query, rows, rowNumbers, ROWS, scores);
            scores[0] = VectorMath.dot(query, query);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
