package dev.vitrine.benchmarks.vectors;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The rows that a filter lets through. Immutable. */
public final class RowSubset {

    private static final int SEED = 20_261_126;

    private final double share;
    private final long @Nullable [] words;
    private final int count;

    /**
     * Takes over a set of bits.
     *
     * @param words bit {@code i % 64} of word {@code i / 64} is row {@code i}; null for no filter
     * @param count bits that are set
     */
    RowSubset(double share, long @Nullable [] words, int count) {
        this.share = share;
        this.words = words;
        this.count = count;
    }

    /** For people. */
    String describe() {
        return words == null ? "no filter" : "a filter of " + 100 * share + " %";
    }

    /** How many of all rows, 1 for no filter. */
    public double share() {
        return share;
    }

    /** The bits, not to be changed; null for no filter. */
    public long @Nullable [] words() {
        return words;
    }

    /** Rows let through. */
    public int count() {
        return count;
    }

    /** No filter. */
    public static RowSubset all(int rows) {
        return new RowSubset(1, null, rows);
    }

    /** Rows drawn at random, always the same ones. */
    public static RowSubset of(int rows, double share) {
        long[] words = new long[(rows + 63) / 64];
        Random random = new Random(SEED);
        int wanted = Math.max(1, (int) Math.round(rows * share));
        int count = 0;
        while (count < wanted) {
            int row = random.nextInt(rows);
            if ((words[row >> 6] & 1L << row) == 0) {
                words[row >> 6] |= 1L << row;
                count++;
            }
        }
        return new RowSubset(share, words, count);
    }

    /** Whether a row passes. */
    public boolean contains(int row) {
        return words == null || (words[row >> 6] & 1L << row) != 0;
    }
}
