package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API, at the widest register that the JVM prefers; the only class that
 * imports {@code jdk.incubator.vector}.
 */
final class SimdVectorKernels implements VectorKernels {

    /*
     * Form. Four rows share each load of the query, one accumulator a row: the additions of one row
     * wait for each other, those of four rows do not. More rows at once were slower, a single row
     * with several accumulators would add up in another order than a row of four, and then the same
     * row would have two scores. So the last one to three rows of a batch also use one accumulator.
     *
     * Memory. Rows are read through one segment that spans all memory, at raw addresses: a segment
     * parameter costs twice as much (bounds and liveness checks in the inner loop). VectorMath has
     * checked the bounds before, NativeRows cannot be freed while it is reachable, and the fences
     * below keep it reachable until the last load.
     *
     * One method a kind of memory. The query is always a heap array and the rows are always native;
     * a method that met both kinds in one place would be slow for good after the first mixture.
     *
     * Sum of lanes. reduceLanes(ADD) leaves the order of additions open and C2 takes another one than
     * the interpreter, so a score would change when its loop gets compiled. Folding the register in
     * halves by shuffles fixes the order.
     *
     * Multiply and add are two operations: a fused one is emulated by BigDecimal where the CPU has
     * none, and it was not faster here. Numbers: RATIONALE.md.
     */
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    // Restricted because a wrong address reads anything: see "Memory" above for why none is wrong.
    @SuppressWarnings("restricted")
    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private final KernelSelection selection;

    SimdVectorKernels(String reason) {
        this.selection = new KernelSelection("simd-" + preferredBits(), preferredBits(), reason);
    }

    /** Width of the registers that the JVM prefers, in bits. */
    static int preferredBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public KernelSelection selection() {
        return selection;
    }

    @Override
    public float dot(float[] a, float[] b) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int bound = SPECIES.loopBound(a.length);
        int i = 0;
        for (; i < bound; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, i);
            sum = x.mul(FloatVector.fromArray(SPECIES, b, i)).add(sum);
        }
        float result = sumOfLanes(sum);
        for (; i < a.length; i++) {
            result += a[i] * b[i];
        }
        return result;
    }

    @Override
    public void dotBlock(
            float[] query,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores,
            int scoresOffset) {
        long stride = rows.strideBytes();
        long address = rows.address() + firstRow * stride;
        try {
            int r = 0;
            for (; r + 4 <= count; r += 4) {
                dotFour(
                        query,
                        address,
                        address + stride,
                        address + 2 * stride,
                        address + 3 * stride,
                        scores,
                        scoresOffset + r);
                address += 4 * stride;
            }
            for (; r < count; r++) {
                scores[scoresOffset + r] = dotOne(query, address);
                address += stride;
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    @Override
    public void dotRows(
            float[] query, NativeRows rows, int[] rowNumbers, int count, float[] scores) {
        long stride = rows.strideBytes();
        long base = rows.address();
        try {
            int r = 0;
            for (; r + 4 <= count; r += 4) {
                dotFour(
                        query,
                        base + rowNumbers[r] * stride,
                        base + rowNumbers[r + 1] * stride,
                        base + rowNumbers[r + 2] * stride,
                        base + rowNumbers[r + 3] * stride,
                        scores,
                        r);
            }
            for (; r < count; r++) {
                scores[r] = dotOne(query, base + rowNumbers[r] * stride);
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    private static void dotFour(
            float[] query, long a0, long a1, long a2, long a3, float[] scores, int at) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        int bound = SPECIES.loopBound(query.length);
        int i = 0;
        for (; i < bound; i += LANES) {
            long offset = (long) i * Float.BYTES;
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            sum0 =
                    q.mul(FloatVector.fromMemorySegment(SPECIES, MEMORY, a0 + offset, ORDER))
                            .add(sum0);
            sum1 =
                    q.mul(FloatVector.fromMemorySegment(SPECIES, MEMORY, a1 + offset, ORDER))
                            .add(sum1);
            sum2 =
                    q.mul(FloatVector.fromMemorySegment(SPECIES, MEMORY, a2 + offset, ORDER))
                            .add(sum2);
            sum3 =
                    q.mul(FloatVector.fromMemorySegment(SPECIES, MEMORY, a3 + offset, ORDER))
                            .add(sum3);
        }
        float s0 = sumOfLanes(sum0);
        float s1 = sumOfLanes(sum1);
        float s2 = sumOfLanes(sum2);
        float s3 = sumOfLanes(sum3);
        for (; i < query.length; i++) {
            long offset = (long) i * Float.BYTES;
            s0 += query[i] * component(a0 + offset);
            s1 += query[i] * component(a1 + offset);
            s2 += query[i] * component(a2 + offset);
            s3 += query[i] * component(a3 + offset);
        }
        scores[at] = s0;
        scores[at + 1] = s1;
        scores[at + 2] = s2;
        scores[at + 3] = s3;
    }

    private static float dotOne(float[] query, long address) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int bound = SPECIES.loopBound(query.length);
        int i = 0;
        for (; i < bound; i += LANES) {
            FloatVector q = FloatVector.fromArray(SPECIES, query, i);
            long at = address + (long) i * Float.BYTES;
            sum = q.mul(FloatVector.fromMemorySegment(SPECIES, MEMORY, at, ORDER)).add(sum);
        }
        float result = sumOfLanes(sum);
        for (; i < query.length; i++) {
            result += query[i] * component(address + (long) i * Float.BYTES);
        }
        return result;
    }

    private static float component(long address) {
        return MEMORY.get(ValueLayout.JAVA_FLOAT, address);
    }

    /** Adds the upper half of the register to the lower half until one lane is left. */
    private static float sumOfLanes(FloatVector v) {
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

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LANES);
    }
}
