package dev.vitrine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sign codes on the Vector API: a lane of 64 bits holds a word of one row. Where few rows of a
 * register are wanted, they are compared one by one by the processor's scalar population count.
 */
final class SimdSignKernels implements SignKernels {

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private static final int LANES = LONGS.length();

    /** The bits of as many rows as two registers hold. */
    private static final long TWICE_LANES_MASK = -1L >>> (Long.SIZE - 2 * LANES);

    /** The bits of as many rows as a register holds. */
    private static final long LANES_MASK = -1L >>> (Long.SIZE - LANES);

    /*
     * Up to so many rows of one register, or two, take no longer one by one. 256 bits have no
     * instruction that counts bits: on Zen 3 a row takes 12 ns by itself, eight together 37.
     */
    private static final int ALONE = 1;

    private static final int ALONE_OF_TWO = LANES == 4 ? 2 : 1;

    /** Rows that lie apart and are read together: their codes stay in the nearest cache. */
    private static final int APART = 64;

    private static final int BLOCK_SHIFT = Integer.numberOfTrailingZeros(SignBlock.ROWS);

    private static final int GROUP_SHIFT = Integer.numberOfTrailingZeros(SignBlock.GROUP);

    private static final int GROUPS_MASK = SignBlock.ROWS / SignBlock.GROUP - 1;

    private static final int GROUP_BYTES = SignBlock.GROUP * Long.BYTES;

    private static final ByteOrder ORDER = Simd.ORDER;

    private static final MemorySegment MEMORY = Simd.MEMORY;

    @Override
    public void within(long[] signs, long[] large, SignBlocks blocks, int limit, long[] rows) {
        try {
            for (int b = 0; b < rows.length; b++) {
                if (rows[b] != 0) {
                    rows[b] &= within(signs, large, blocks.address(b), rows[b], limit);
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
            Simd.keep(Simd.touch(blocks.address(next), last * (long) signs.length * Long.BYTES));
            long rows = blocks.rows(block);
            return rows & within(signs, large, blocks.address(block), rows, limit);
        } finally {
            Reference.reachabilityFence(blocks);
        }
    }

    private static long within(long[] signs, long[] large, long base, long wanted, int limit) {
        long rows = 0;
        for (int r = 0; r < SignBlock.ROWS; r += 2 * LANES) {
            long some = wanted & (TWICE_LANES_MASK << r);
            if (Long.bitCount(some) > ALONE_OF_TWO) {
                rows |= withinTwo(signs, large, base, r, limit) << r;
                continue;
            }
            for (long rest = some; rest != 0; rest &= rest - 1) {
                int row = Long.numberOfTrailingZeros(rest);
                if (distance(signs, large, address(base, signs.length, row)) <= limit) {
                    rows |= 1L << row;
                }
            }
        }
        return rows;
    }

    private static int distance(long[] signs, long[] large, long address) {
        int sum = 0;
        int sumLarge = 0;
        for (int w = 0; w < signs.length; w++) {
            long differing = word(address, w) ^ signs[w];
            sum += Long.bitCount(differing);
            sumLarge += Long.bitCount(differing & large[w]);
        }
        return sum + (CodeMath.LARGE - 1) * sumLarge;
    }

    private static long word(long address, int word) {
        return MEMORY.get(ValueLayout.JAVA_LONG, address + word * (long) GROUP_BYTES);
    }

    /** Two registers of rows share each word of the query and do not wait for each other. */
    private static long withinTwo(long[] signs, long[] large, long base, int row, int limit) {
        int words = signs.length;
        long a = address(base, words, row);
        long b = address(base, words, row + LANES);
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
                | atMost(weighted(sumB, largeB), limit) << LANES;
    }

    /** A bit for each lane; C2 makes an object of a mask of two lanes. */
    private static long atMost(LongVector distances, int limit) {
        if (LANES == 2) {
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
            for (int r = 0; r < SignBlock.ROWS; r += LANES) {
                distances(signs, large, address(base, words, r), distances, r);
            }
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    private static void distances(
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

    /*
     * Word by word of some rows, not row by row: the words of the query stay in registers, and so
     * little is computed for a row at once that the processor asks memory for many rows ahead.
     */
    @Override
    public void distances(
            long[] signs, long[] large, SignBlocks blocks, int[] rows, int count, int[] distances) {
        int words = signs.length;
        try {
            for (int from = 0; from < count; from += APART) {
                int to = Math.min(from + APART, count);
                Arrays.fill(distances, from, to, 0);
                int w = 0;
                for (; w + 2 < words; w += 3) {
                    addThree(signs, large, w, blocks, rows, from, to, distances);
                }
                for (; w < words; w++) {
                    addOne(signs[w], large[w], w, blocks, rows, from, to, distances);
                }
            }
        } finally {
            Reference.reachabilityFence(blocks);
        }
    }

    private static void addThree(
            long[] signs,
            long[] large,
            int word,
            SignBlocks blocks,
            int[] rows,
            int from,
            int to,
            int[] distances) {
        long signA = signs[word];
        long signB = signs[word + 1];
        long signC = signs[word + 2];
        long largeA = large[word];
        long largeB = large[word + 1];
        long largeC = large[word + 2];
        for (int i = from; i < to; i++) {
            long address = address(blocks, rows[i], signs.length);
            long a = word(address, word) ^ signA;
            long b = word(address, word + 1) ^ signB;
            long c = word(address, word + 2) ^ signC;
            int sum = Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c);
            int sumLarge =
                    Long.bitCount(a & largeA)
                            + Long.bitCount(b & largeB)
                            + Long.bitCount(c & largeC);
            distances[i] += sum + (CodeMath.LARGE - 1) * sumLarge;
        }
    }

    private static void addOne(
            long sign,
            long large,
            int word,
            SignBlocks blocks,
            int[] rows,
            int from,
            int to,
            int[] distances) {
        for (int i = from; i < to; i++) {
            long differing = word(address(blocks, rows[i], blocks.words()), word) ^ sign;
            distances[i] +=
                    Long.bitCount(differing)
                            + (CodeMath.LARGE - 1) * Long.bitCount(differing & large);
        }
    }

    /** The same by shifts: the row is not negative, which division would not know. */
    private static long address(SignBlocks blocks, int row, int words) {
        return blocks.address(row >>> BLOCK_SHIFT)
                + (row >>> GROUP_SHIFT & GROUPS_MASK) * (long) words * GROUP_BYTES
                + (row & SignBlock.GROUP - 1) * (long) Long.BYTES;
    }

    @Override
    public void planeSums(long[] planes, SignBlock block, long rows, long[] sums) {
        int words = block.words();
        long base = block.address();
        try {
            for (int r = 0; r < SignBlock.ROWS; r += LANES) {
                long some = rows & (LANES_MASK << r);
                if (Long.bitCount(some) > ALONE) {
                    planeSums(planes, words, address(base, words, r), sums, r);
                } else if (some != 0) {
                    int row = Long.numberOfTrailingZeros(some);
                    sums[row] = planeSum(planes, words, address(base, words, row));
                }
            }
        } finally {
            Reference.reachabilityFence(block);
        }
    }

    private static int planeSum(long[] planes, int words, long address) {
        int ones = 0;
        int twos = 0;
        int fours = 0;
        int eights = 0;
        for (int w = 0; w < words; w++) {
            long code = word(address, w);
            ones += Long.bitCount(code & planes[w]);
            twos += Long.bitCount(code & planes[words + w]);
            fours += Long.bitCount(code & planes[2 * words + w]);
            eights += Long.bitCount(code & planes[3 * words + w]);
        }
        return ones + 2 * twos + 4 * fours - 8 * eights;
    }

    /** Stores what it computes: where C2 does not inline it, a result would be an object. */
    private static void planeSums(long[] planes, int words, long address, long[] sums, int at) {
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

    /** Where a row begins, and the lanes from it on, inside the group of eight that holds them. */
    private static long address(long base, int words, int row) {
        return base
                + (long) (row / SignBlock.GROUP) * words * GROUP_BYTES
                + (row % SignBlock.GROUP) * (long) Long.BYTES;
    }
}
