package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
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

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private static final int LONG_LANES = LONGS.length();

    /** The bits of as many rows as a register holds. */
    private static final long TWICE_LANES_MASK = -1L >>> (Long.SIZE - 2 * LONG_LANES);

    private static final long LANES_MASK = -1L >>> (Long.SIZE - LONG_LANES);

    private static final int GROUP_BYTES = SignBlock.GROUP * Long.BYTES;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    private static final int INT_LANES = INTS.length();

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

    private static final int SHORT_LANES = SHORTS.length();

    /** Rows that lie apart and are fetched together. */
    private static final int TOUCHED = 8;

    private static final int LINE_BYTES = 64;

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
            touched += touch(address(rows, rowNumbers, r), rows[r].strideBytes());
        }
        keep(touched);
    }

    private static long touch(long address, long byteSize) {
        long touched = 0;
        for (long line = address; line < address + byteSize; line += LINE_BYTES) {
            touched += MEMORY.get(ValueLayout.JAVA_BYTE, line);
        }
        return touched;
    }

    private static void keep(long touched) {
        if (touched == Long.MIN_VALUE) {
            // Never, which the compiler cannot know: it must not leave the loads out.
            Thread.onSpinWait();
        }
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

    @Override
    public void within(
            long[] signs, long[] large, SignBlock[] blocks, int count, int limit, long[] rows) {
        try {
            for (int b = 0; b < count; b++) {
                if (rows[b] != 0) {
                    rows[b] &= within(signs, large, blocks[b].address(), rows[b], limit);
                }
            }
        } finally {
            Reference.reachabilityFence(blocks);
        }
    }

    @Override
    public long within(
            long[] signs, long[] large, SignBlocks blocks, int block, int next, int limit) {
        try {
            int last = Long.SIZE - Long.numberOfLeadingZeros(blocks.rows(next)) + 7 & -8;
            keep(touch(blocks.address(next), last * (long) signs.length * Long.BYTES));
            long rows = blocks.rows(block);
            return rows & within(signs, large, blocks.address(block), rows, limit);
        } finally {
            Reference.reachabilityFence(blocks);
        }
    }

    private static long within(long[] signs, long[] large, long base, long wanted, int limit) {
        long rows = 0;
        for (int r = 0; r < SignBlock.ROWS; r += 2 * LONG_LANES) {
            if ((wanted >>> r & TWICE_LANES_MASK) != 0) {
                rows |= withinTwo(signs, large, base, r, limit) << r;
            }
        }
        return rows;
    }

    /** Two registers of rows share each word of the query and do not wait for each other. */
    private static long withinTwo(long[] signs, long[] large, long base, int row, int limit) {
        int words = signs.length;
        long a = groupAddress(base, words, row);
        long b = groupAddress(base, words, row + LONG_LANES);
        LongVector sumA = LongVector.zero(LONGS);
        LongVector sumB = LongVector.zero(LONGS);
        LongVector largeA = LongVector.zero(LONGS);
        LongVector largeB = LongVector.zero(LONGS);
        for (int w = 0; w < words; w++) {
            LongVector sign = LongVector.broadcast(LONGS, signs[w]);
            LongVector mask = LongVector.broadcast(LONGS, large[w]);
            long offset = w * (long) GROUP_BYTES;
            LongVector differingA =
                    LongVector.fromMemorySegment(LONGS, MEMORY, a + offset, ORDER)
                            .lanewise(VectorOperators.XOR, sign);
            LongVector differingB =
                    LongVector.fromMemorySegment(LONGS, MEMORY, b + offset, ORDER)
                            .lanewise(VectorOperators.XOR, sign);
            sumA = sumA.add(differingA.lanewise(VectorOperators.BIT_COUNT));
            sumB = sumB.add(differingB.lanewise(VectorOperators.BIT_COUNT));
            largeA = largeA.add(differingA.and(mask).lanewise(VectorOperators.BIT_COUNT));
            largeB = largeB.add(differingB.and(mask).lanewise(VectorOperators.BIT_COUNT));
        }
        return atMost(weighted(sumA, largeA), limit)
                | atMost(weighted(sumB, largeB), limit) << LONG_LANES;
    }

    /** A bit for each lane; C2 makes an object of a mask of two lanes. */
    private static long atMost(LongVector distances, int limit) {
        if (LONG_LANES == 2) {
            return (distances.lane(0) <= limit ? 1 : 0) | (distances.lane(1) <= limit ? 2 : 0);
        }
        return distances.compare(VectorOperators.LE, limit).toLong();
    }

    private static LongVector weighted(LongVector sum, LongVector large) {
        return sum.add(large).add(large);
    }

    @Override
    public void distances(long[] signs, long[] large, SignBlock block, long[] distances) {
        int words = signs.length;
        long base = block.address();
        try {
            for (int r = 0; r < SignBlock.ROWS; r += LONG_LANES) {
                distance(signs, large, groupAddress(base, words, r), distances, r);
            }
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    private static void distance(
            long[] signs, long[] large, long address, long[] distances, int at) {
        LongVector sum = LongVector.zero(LONGS);
        LongVector sumLarge = LongVector.zero(LONGS);
        for (int w = 0; w < signs.length; w++) {
            LongVector differing =
                    LongVector.fromMemorySegment(
                                    LONGS, MEMORY, address + w * (long) GROUP_BYTES, ORDER)
                            .lanewise(VectorOperators.XOR, signs[w]);
            sum = sum.add(differing.lanewise(VectorOperators.BIT_COUNT));
            sumLarge = sumLarge.add(differing.and(large[w]).lanewise(VectorOperators.BIT_COUNT));
        }
        weighted(sum, sumLarge).intoArray(distances, at);
    }

    @Override
    public void planeSums(long[] planes, SignBlock block, long rows, long[] sums) {
        int words = block.words();
        long base = block.address();
        try {
            for (int r = 0; r < SignBlock.ROWS; r += LONG_LANES) {
                if ((rows >>> r & LANES_MASK) != 0) {
                    planeSum(planes, words, groupAddress(base, words, r), sums, r);
                }
            }
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    /** Stores what it computes: where C2 does not inline it, a result would be an object. */
    private static void planeSum(long[] planes, int words, long address, long[] sums, int at) {
        LongVector ones = LongVector.zero(LONGS);
        LongVector twos = LongVector.zero(LONGS);
        LongVector fours = LongVector.zero(LONGS);
        LongVector eights = LongVector.zero(LONGS);
        for (int w = 0; w < words; w++) {
            LongVector code =
                    LongVector.fromMemorySegment(
                            LONGS, MEMORY, address + w * (long) GROUP_BYTES, ORDER);
            ones = ones.add(countOfBoth(code, planes[w]));
            twos = twos.add(countOfBoth(code, planes[words + w]));
            fours = fours.add(countOfBoth(code, planes[2 * words + w]));
            eights = eights.add(countOfBoth(code, planes[3 * words + w]));
        }
        ones.add(twos.lanewise(VectorOperators.LSHL, 1))
                .add(fours.lanewise(VectorOperators.LSHL, 2))
                .sub(eights.lanewise(VectorOperators.LSHL, 3))
                .intoArray(sums, at);
    }

    private static LongVector countOfBoth(LongVector code, long plane) {
        return code.and(plane).lanewise(VectorOperators.BIT_COUNT);
    }

    /** Where the lanes from {@code row} on begin, inside the group of eight that holds them. */
    private static long groupAddress(long base, int words, int row) {
        return base
                + (long) (row / SignBlock.GROUP) * words * GROUP_BYTES
                + (row % SignBlock.GROUP) * (long) Long.BYTES;
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
