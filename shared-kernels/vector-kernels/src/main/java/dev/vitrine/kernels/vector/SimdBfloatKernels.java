package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * bfloat16 on the Vector API. A lane of 32 bits holds two components: the odd one is a float32 once
 * the lower half is cleared, the even one once it is shifted up. Rows are padded to whole
 * registers; two of them share the loads of the query, each with a sum of its even and one of its
 * odd components, so that four additions do not wait for each other.
 */
final class SimdBfloatKernels implements BfloatKernels {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int LANES = FLOATS.length();

    private static final int UPPER_HALF = 0xFFFF_0000;

    private static final MemorySegment MEMORY = Simd.MEMORY;

    private static final ByteOrder ORDER = Simd.ORDER;

    @Override
    public void dotBlock(float[] query, BfloatRows rows, int firstRow, int count, float[] scores) {
        long stride = rows.strideBytes();
        long base = rows.address() + firstRow * stride;
        // Two halves side by side, as SimdVectorKernels reads four quarters.
        int half = count / 2;
        long apart = half * stride;
        try {
            for (int r = 0; r < half; r++) {
                long address = base + r * stride;
                dotTwo(query, address, address + apart, scores, r, half);
            }
            if (count % 2 != 0) {
                scores[count - 1] = dotOne(query, base + (count - 1) * stride);
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    @Override
    public void dotRows(
            float[] query, BfloatRows rows, int[] rowNumbers, int count, float[] scores) {
        long stride = rows.strideBytes();
        long base = rows.address();
        try {
            int r = 0;
            for (; r + 2 <= count; r += 2) {
                dotTwo(
                        query,
                        base + rowNumbers[r] * stride,
                        base + rowNumbers[r + 1] * stride,
                        scores,
                        r,
                        1);
            }
            if (r < count) {
                scores[r] = dotOne(query, base + rowNumbers[r] * stride);
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    /** Of two rows; their scores stand {@code step} places apart. */
    private static void dotTwo(float[] query, long a, long b, float[] scores, int at, int step) {
        FloatVector evenA = FloatVector.zero(FLOATS);
        FloatVector oddA = FloatVector.zero(FLOATS);
        FloatVector evenB = FloatVector.zero(FLOATS);
        FloatVector oddB = FloatVector.zero(FLOATS);
        int half = query.length / 2;
        for (int i = 0; i < half; i += LANES) {
            FloatVector even = FloatVector.fromArray(FLOATS, query, i);
            FloatVector odd = FloatVector.fromArray(FLOATS, query, half + i);
            IntVector pairs = load(a + (long) i * Integer.BYTES);
            evenA = even.mul(evenOf(pairs)).add(evenA);
            oddA = odd.mul(oddOf(pairs)).add(oddA);
            pairs = load(b + (long) i * Integer.BYTES);
            evenB = even.mul(evenOf(pairs)).add(evenB);
            oddB = odd.mul(oddOf(pairs)).add(oddB);
        }
        scores[at] = Simd.sumOfLanes(evenA.add(oddA));
        scores[at + step] = Simd.sumOfLanes(evenB.add(oddB));
    }

    private static float dotOne(float[] query, long address) {
        FloatVector evenSum = FloatVector.zero(FLOATS);
        FloatVector oddSum = FloatVector.zero(FLOATS);
        int half = query.length / 2;
        for (int i = 0; i < half; i += LANES) {
            FloatVector even = FloatVector.fromArray(FLOATS, query, i);
            FloatVector odd = FloatVector.fromArray(FLOATS, query, half + i);
            IntVector pairs = load(address + (long) i * Integer.BYTES);
            evenSum = even.mul(evenOf(pairs)).add(evenSum);
            oddSum = odd.mul(oddOf(pairs)).add(oddSum);
        }
        return Simd.sumOfLanes(evenSum.add(oddSum));
    }

    private static IntVector load(long address) {
        return IntVector.fromMemorySegment(INTS, MEMORY, address, ORDER);
    }

    private static FloatVector evenOf(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, Short.SIZE).reinterpretAsFloats();
    }

    private static FloatVector oddOf(IntVector pairs) {
        return pairs.and(UPPER_HALF).reinterpretAsFloats();
    }
}
