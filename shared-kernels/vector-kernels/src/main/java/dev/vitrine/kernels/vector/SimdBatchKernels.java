package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many queries on the Vector API, in tiles: two queries against two rows, so four sums share four
 * loads. Each sum is added up as {@link SimdVectorKernels} does it, so it has the same bits.
 */
final class SimdBatchKernels implements BatchKernels {

    /*
     * Order of the loops: two rows stay in the first-level cache (3 KB at 384 dimensions) while all
     * queries pass over them, and the rows are read from memory once. The queries must lie in the
     * second-level cache, which some hundred do. A tile of two queries and four rows allocated when
     * compiled, 480 bytes at 512 bits, which five vectors take as objects.
     */
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

    private static final int LANES = FLOATS.length();

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

    private static final int SHORT_LANES = SHORTS.length();

    private static final MemorySegment MEMORY = Simd.MEMORY;

    private static final ByteOrder ORDER = Simd.ORDER;

    @Override
    public void dotBlock(
            NativeRows queries,
            int firstQuery,
            int queryCount,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores) {
        int dimensions = rows.dimensions();
        long stride = rows.strideBytes();
        long first = queries.address() + firstQuery * stride;
        long row = rows.address() + firstRow * stride;
        try {
            for (int r = 0; r < count; r += 2) {
                int q = 0;
                if (r + 2 <= count) {
                    for (; q + 2 <= queryCount; q += 2) {
                        tile(
                                dimensions,
                                first + q * stride,
                                row + r * stride,
                                stride,
                                scores,
                                q * count + r,
                                count);
                    }
                }
                for (; q < queryCount; q++) {
                    for (int i = r; i < Math.min(count, r + 2); i++) {
                        scores[q * count + i] =
                                dotOne(dimensions, first + q * stride, row + i * stride);
                    }
                }
            }
        } finally {
            Reference.reachabilityFence(queries);
            Reference.reachabilityFence(rows);
        }
    }

    /** Two queries against two rows; the second query's results begin {@code count} later. */
    private static void tile(
            int dimensions, long p, long a, long stride, float[] scores, int at, int count) {
        FloatVector pa = FloatVector.zero(FLOATS);
        FloatVector pb = FloatVector.zero(FLOATS);
        FloatVector qa = FloatVector.zero(FLOATS);
        FloatVector qb = FloatVector.zero(FLOATS);
        int bound = FLOATS.loopBound(dimensions);
        for (int i = 0; i < bound; i += LANES) {
            long offset = (long) i * Float.BYTES;
            FloatVector x = load(p + offset);
            FloatVector y = load(p + stride + offset);
            FloatVector row = load(a + offset);
            pa = x.mul(row).add(pa);
            qa = y.mul(row).add(qa);
            row = load(a + stride + offset);
            pb = x.mul(row).add(pb);
            qb = y.mul(row).add(qb);
        }
        float sumPa = Simd.sumOfLanes(pa);
        float sumPb = Simd.sumOfLanes(pb);
        float sumQa = Simd.sumOfLanes(qa);
        float sumQb = Simd.sumOfLanes(qb);
        scores[at] = rest(sumPa, bound, dimensions, p, a);
        scores[at + 1] = rest(sumPb, bound, dimensions, p, a + stride);
        scores[at + count] = rest(sumQa, bound, dimensions, p + stride, a);
        scores[at + count + 1] = rest(sumQb, bound, dimensions, p + stride, a + stride);
    }

    private static float dotOne(int dimensions, long query, long row) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int bound = FLOATS.loopBound(dimensions);
        for (int i = 0; i < bound; i += LANES) {
            long offset = (long) i * Float.BYTES;
            sum = load(query + offset).mul(load(row + offset)).add(sum);
        }
        return rest(Simd.sumOfLanes(sum), bound, dimensions, query, row);
    }

    private static float rest(float sum, int from, int dimensions, long query, long row) {
        float result = sum;
        for (int i = from; i < dimensions; i++) {
            long offset = (long) i * Float.BYTES;
            result +=
                    MEMORY.get(ValueLayout.JAVA_FLOAT, query + offset)
                            * MEMORY.get(ValueLayout.JAVA_FLOAT, row + offset);
        }
        return result;
    }

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, MEMORY, address, ORDER);
    }

    @Override
    public void dotBlock(
            short[][] queries, int queryCount, ByteRows rows, int firstRow, int count, int[] sums) {
        long stride = rows.strideBytes();
        long address = rows.address() + firstRow * stride;
        try {
            for (int r = 0; r < count; r++) {
                int q = 0;
                for (; q + 2 <= queryCount; q += 2) {
                    byteTile(queries[q], queries[q + 1], address, sums, q * count + r, count);
                }
                if (q < queryCount) {
                    sums[q * count + r] = SimdVectorKernels.byteDot(queries[q], address);
                }
                address += stride;
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    /** Two queries against one row, whose bytes are widened once. */
    private static void byteTile(
            short[] p, short[] q, long address, int[] sums, int at, int count) {
        IntVector sumP = IntVector.zero(INTS);
        IntVector sumQ = IntVector.zero(INTS);
        int half = p.length / 2;
        for (int i = 0; i < half; i += SHORT_LANES) {
            ShortVector both =
                    ShortVector.fromMemorySegment(SHORTS, MEMORY, address + 2L * i, ORDER);
            ShortVector even =
                    both.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
            ShortVector odd = both.lanewise(VectorOperators.ASHR, 8);
            IntVector pairs =
                    even.mul(ShortVector.fromArray(SHORTS, p, i))
                            .add(odd.mul(ShortVector.fromArray(SHORTS, p, half + i)))
                            .reinterpretAsInts();
            sumP =
                    sumP.add(pairs.lanewise(VectorOperators.ASHR, 16))
                            .add(
                                    pairs.lanewise(VectorOperators.LSHL, 16)
                                            .lanewise(VectorOperators.ASHR, 16));
            pairs =
                    even.mul(ShortVector.fromArray(SHORTS, q, i))
                            .add(odd.mul(ShortVector.fromArray(SHORTS, q, half + i)))
                            .reinterpretAsInts();
            sumQ =
                    sumQ.add(pairs.lanewise(VectorOperators.ASHR, 16))
                            .add(
                                    pairs.lanewise(VectorOperators.LSHL, 16)
                                            .lanewise(VectorOperators.ASHR, 16));
        }
        sums[at] = sumP.reduceLanes(VectorOperators.ADD);
        sums[at + count] = sumQ.reduceLanes(VectorOperators.ADD);
    }
}
