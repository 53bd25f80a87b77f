package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the kernels on the Vector API share: the register, all memory, asking for it ahead, and, but
 * for {@link SimdVectorKernels}, the sum of a register.
 *
 * <p>Sum of lanes: reduceLanes(ADD) leaves the order of additions open and C2 takes another one
 * than the interpreter, so a score would change when its loop gets compiled. Folding the register
 * in halves by shuffles fixes the order.
 */
final class Simd {

    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    // Restricted because a wrong address reads anything: the façades have checked the bounds.
    @SuppressWarnings("restricted")
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final int LINE_BYTES = 64;

    private static final int LANES = FLOATS.length();

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private Simd() {}

    /** Adds the upper half of the register to the lower half until one lane is left. */
    static float sumOfLanes(FloatVector v) {
        FloatVector sum = v;
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        sum = sum.add(sum.rearrange(BY_2));
        sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0);
    }

    /** Reads a byte of each cache line, so that the caches fetch them; for {@link #keep}. */
    static long touch(long address, long byteSize) {
        long touched = 0;
        for (long line = address; line < address + byteSize; line += LINE_BYTES) {
            touched += MEMORY.get(ValueLayout.JAVA_BYTE, line);
        }
        return touched;
    }

    /** Uses what was touched. */
    static void keep(long touched) {
        if (touched == Long.MIN_VALUE) {
            // Never, which the compiler cannot know: it must not leave the loads out.
            Thread.onSpinWait();
        }
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane + by) % LANES);
    }
}
