package dev.vitrine.index.column;

import java.util.function.IntConsumer;

/**
 * Sets of ordinals as words of 64 bits: bit {@code i} of word {@code w} stands for ordinal {@code
 * 64 * w + i}. All sets of one generation have the same number of words.
 */
public final class Words {

    private Words() {}

    /** Words needed for ordinals from 0 to one below {@code limit}. */
    public static int count(int limit) {
        return (limit + 63) >>> 6;
    }

    public static boolean get(long[] words, int ordinal) {
        int word = ordinal >>> 6;
        return word < words.length && (words[word] >>> ordinal & 1) != 0;
    }

    public static void set(long[] words, int ordinal) {
        words[ordinal >>> 6] |= 1L << ordinal;
    }

    public static void clear(long[] words, int ordinal) {
        words[ordinal >>> 6] &= ~(1L << ordinal);
    }

    /** Number of members. */
    public static int size(long[] words) {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** Keeps in {@code target} what is in {@code other} too. */
    public static void and(long[] target, long[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] &= i < other.length ? other[i] : 0;
        }
    }

    /** Adds to {@code target} what is in {@code other}, which is not longer. */
    public static void or(long[] target, long[] other) {
        for (int i = 0; i < other.length; i++) {
            target[i] |= other[i];
        }
    }

    /** Calls the consumer with every member, ascending. */
    public static void forEach(long[] words, IntConsumer consumer) {
        for (int w = 0; w < words.length; w++) {
            for (long word = words[w]; word != 0; word &= word - 1) {
                consumer.accept((w << 6) + Long.numberOfTrailingZeros(word));
            }
        }
    }
}
