package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4-bit codes on the Vector API. A lane of 16 bits holds four codes; four products of at most 127 *
 * 15 fit into 16 bits, so they are added there and widened to 32 bits together. One row at a time,
 * as for int8 in {@link SimdVectorKernels}.
 */
final class SimdNibbleKernels implements NibbleKernels {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

    private static final int SHORT_LANES = SHORTS.length();

    private static final short CODE = NibbleRows.CODE_MAX;

    private static final MemorySegment MEMORY = Simd.MEMORY;

    private static final ByteOrder ORDER = Simd.ORDER;

    @Override
    public void dotBlock(short[] query, NibbleRows rows, int firstRow, int count, int[] sums) {
        long stride = rows.strideBytes();
        long address = rows.address() + firstRow * stride;
        try {
            for (int r = 0; r < count; r++) {
                sums[r] = dot(query, address);
                address += stride;
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    @Override
    public void dotRows(short[] query, NibbleRows rows, int[] rowNumbers, int count, int[] sums) {
        long stride = rows.strideBytes();
        long base = rows.address();
        try {
            for (int r = 0; r < count; r++) {
                sums[r] = dot(query, base + rowNumbers[r] * stride);
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    private static int dot(short[] query, long address) {
        IntVector sum = IntVector.zero(INTS);
        int quarter = query.length / 4;
        for (int i = 0; i < quarter; i += SHORT_LANES) {
            ShortVector four =
                    ShortVector.fromMemorySegment(SHORTS, MEMORY, address + 2L * i, ORDER);
            IntVector pairs =
                    four.and(CODE)
                            .mul(ShortVector.fromArray(SHORTS, query, i))
                            .add(code(four, 4).mul(at(query, quarter + i)))
                            .add(code(four, 8).mul(at(query, 2 * quarter + i)))
                            .add(
                                    four.lanewise(VectorOperators.LSHR, 12)
                                            .mul(at(query, 3 * quarter + i)))
                            .reinterpretAsInts();
            sum =
                    sum.add(pairs.lanewise(VectorOperators.ASHR, 16))
                            .add(
                                    pairs.lanewise(VectorOperators.LSHL, 16)
                                            .lanewise(VectorOperators.ASHR, 16));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static ShortVector code(ShortVector four, int shift) {
        return four.lanewise(VectorOperators.LSHR, shift).and(CODE);
    }

    private static ShortVector at(short[] query, int from) {
        return ShortVector.fromArray(SHORTS, query, from);
    }
}
