package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The kernels on the Vector API, at the widest register that the JVM prefers. */
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
     * Sum of lanes: as in Simd, which says why, but these kernels have a copy. With one for all kernels
     * dotBlock allocated at 512 bits once the others had run before; see KernelAllocationTest.
     *
     * Multiply and add are two operations: a fused one is emulated by BigDecimal where the CPU has
     * none, and it was not faster here. Numbers: RATIONALE.md.
     */
    private static final VectorSpecies<Float> SPECIES = Simd.FLOATS;

    private static final int LANES = SPECIES.length();

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int INT_LANES = INTS.length();

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

    private static final int SHORT_LANES = SHORTS.length();

    /** Rows that lie apart and are fetched together. */
    private static final int TOUCHED = 8;

    private static final ByteOrder ORDER = Simd.ORDER;

    private static final MemorySegment MEMORY = Simd.MEMORY;

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

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
    public BatchKernels batches() {
        return new SimdBatchKernels();
    }

    @Override
    public BfloatKernels bfloats() {
        return new SimdBfloatKernels();
    }

    @Override
    public NibbleKernels nibbles() {
        return new SimdNibbleKernels();
    }

    @Override
    public SignKernels signs() {
        return new SimdSignKernels();
    }

    @Override
    public HadamardKernels hadamard() {
        return new SimdHadamardKernels();
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
        long base = rows.address() + firstRow * stride;
        // Each of the four reads on through a quarter of the rows, which processors see coming;
        // four neighbours in turns they do not.
        int quarter = count / 4;
        long apart = quarter * stride;
        try {
            for (int r = 0; r < quarter; r++) {
                long address = base + r * stride;
                dotFour(
                        query,
                        address,
                        address + apart,
                        address + 2 * apart,
                        address + 3 * apart,
                        scores,
                        scoresOffset + r,
                        quarter);
            }
            for (int r = 4 * quarter; r < count; r++) {
                scores[scoresOffset + r] = dotOne(query, base + r * stride);
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
                        r,
                        1);
            }
            for (; r < count; r++) {
                scores[r] = dotOne(query, base + rowNumbers[r] * stride);
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    @Override
    public void dotEach(
            float[] query, NativeRows[] rows, int[] rowNumbers, int count, float[] scores) {
        try {
            int r = 0;
            for (; r + 4 <= count; r += 4) {
                dotFour(
                        query,
                        address(rows, rowNumbers, r),
                        address(rows, rowNumbers, r + 1),
                        address(rows, rowNumbers, r + 2),
                        address(rows, rowNumbers, r + 3),
                        scores,
                        r,
                        1);
            }
            for (; r < count; r++) {
                scores[r] = dotOne(query, address(rows, rowNumbers, r));
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    private static long address(NativeRows[] rows, int[] rowNumbers, int i) {
        return rows[i].address() + rowNumbers[i] * rows[i].strideBytes();
    }

    @Override
    public void byteDotBlock(short[] query, ByteRows rows, int firstRow, int count, int[] sums) {
        long stride = rows.strideBytes();
        long address = rows.address() + firstRow * stride;
        try {
            for (int r = 0; r < count; r++) {
                sums[r] = byteDot(query, address);
                address += stride;
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    @Override
    public void byteDotEach(
            short[] query, ByteRows[] rows, int[] rowNumbers, int count, int[] sums) {
        try {
            for (int r = 0; r < count; r++) {
                if (r % TOUCHED == 0) {
                    touch(rows, rowNumbers, r, Math.min(r + TOUCHED, count));
                }
                sums[r] = byteDot(query, address(rows, rowNumbers, r));
            }
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    /** Asks for rows, so that the caches fetch all of them at once and not one after another. */
    private static void touch(ByteRows[] rows, int[] rowNumbers, int from, int to) {
        long touched = 0;
        for (int r = from; r < to; r++) {
            touched += Simd.touch(address(rows, rowNumbers, r), rows[r].strideBytes());
        }
        Simd.keep(touched);
    }

    private static long address(ByteRows[] rows, int[] rowNumbers, int i) {
        return rows[i].address() + (long) rowNumbers[i] * rows[i].strideBytes();
    }

    @Override
    public void byteBlockDots(short[] query, ByteBlock block, int[] sums) {
        int dimensions = block.dimensions();
        long base = block.address();
        try {
            for (int r = 0; r < ByteBlock.ROWS; r += 2 * SHORT_LANES) {
                byteBlockDots(query, dimensions, base + 2L * r, sums, r / 2);
            }
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    /*
     * Two registers of rows share each component of the query and do not wait for each other. A lane
     * of 16 bits holds two components of a row; even ones are unsigned, and what that adds is taken
     * off by the value that a group's sum starts with. Sums may wrap on the way, the last one fits.
     */
    private static void byteBlockDots(
            short[] query, int dimensions, long address, int[] sums, int at) {
        IntVector lowA = IntVector.zero(INTS);
        IntVector highA = IntVector.zero(INTS);
        IntVector lowB = IntVector.zero(INTS);
        IntVector highB = IntVector.zero(INTS);
        for (int d = 0; d < dimensions; d += ByteBlock.GROUP) {
            ShortVector sumA =
                    ShortVector.broadcast(SHORTS, query[dimensions + d / ByteBlock.GROUP]);
            ShortVector sumB = sumA;
            for (int i = d; i < d + ByteBlock.GROUP; i += 2) {
                long pair = address + (long) (i / 2) * ByteBlock.PAIR_BYTES;
                ShortVector even = ShortVector.broadcast(SHORTS, query[i]);
                ShortVector odd = ShortVector.broadcast(SHORTS, query[i + 1]);
                ShortVector a = ShortVector.fromMemorySegment(SHORTS, MEMORY, pair, ORDER);
                ShortVector b =
                        ShortVector.fromMemorySegment(
                                SHORTS, MEMORY, pair + 2L * SHORT_LANES, ORDER);
                sumA =
                        sumA.add(a.and((short) 0xFF).mul(even))
                                .add(a.lanewise(VectorOperators.ASHR, 8).mul(odd));
                sumB =
                        sumB.add(b.and((short) 0xFF).mul(even))
                                .add(b.lanewise(VectorOperators.ASHR, 8).mul(odd));
            }
            lowA = lowA.add(low(sumA));
            highA = highA.add(high(sumA));
            lowB = lowB.add(low(sumB));
            highB = highB.add(high(sumB));
        }
        lowA.intoArray(sums, at);
        lowB.intoArray(sums, at + INT_LANES);
        highA.intoArray(sums, at + ByteBlock.ROWS / 2);
        highB.intoArray(sums, at + INT_LANES + ByteBlock.ROWS / 2);
    }

    private static IntVector low(ShortVector sums) {
        return sums.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 16);
    }

    private static IntVector high(ShortVector sums) {
        return sums.reinterpretAsInts().lanewise(VectorOperators.ASHR, 16);
    }

    @Override
    public long notUnder(float[] values, int from, float limit) {
        long under = 0;
        for (int i = 0; i < Long.SIZE; i += LANES) {
            under |=
                    FloatVector.fromArray(SPECIES, values, from + i)
                                    .compare(VectorOperators.LT, limit)
                                    .toLong()
                            << i;
        }
        return ~under;
    }

    /*
     * Two products of -127 to 127 fit into 16 bits, so they are added there and widened to 32 bits as
     * a pair: half the widening. Even and odd bytes are split by shifts out of full registers, which
     * costs less than widening half registers. One row at a time: several in one method are more
     * than C2 inlines, and then every vector is an object.
     */
    static int byteDot(short[] query, long address) {
        IntVector sum = IntVector.zero(INTS);
        int half = query.length / 2;
        for (int i = 0; i < half; i += SHORT_LANES) {
            ShortVector both =
                    ShortVector.fromMemorySegment(SHORTS, MEMORY, address + 2L * i, ORDER);
            ShortVector even =
                    both.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
            ShortVector odd = both.lanewise(VectorOperators.ASHR, 8);
            IntVector pairs =
                    even.mul(ShortVector.fromArray(SHORTS, query, i))
                            .add(odd.mul(ShortVector.fromArray(SHORTS, query, half + i)))
                            .reinterpretAsInts();
            sum =
                    sum.add(pairs.lanewise(VectorOperators.ASHR, 16))
                            .add(
                                    pairs.lanewise(VectorOperators.LSHL, 16)
                                            .lanewise(VectorOperators.ASHR, 16));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** Of four rows; their scores stand {@code step} places apart. */
    private static void dotFour(
            float[] query, long a0, long a1, long a2, long a3, float[] scores, int at, int step) {
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
        scores[at + step] = s1;
        scores[at + 2 * step] = s2;
        scores[at + 3 * step] = s3;
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
