package dev.vitrine.kernels.engine;

/**
 * Which ordinals may be returned, as words of 64 bits.
 *
 * <p>Bit {@code i} of word {@code w} stands for ordinal {@code 64 * w + i}. A word of zero costs
 * nothing: its rows are not read. A filter must not change during a search; it is asked from the
 * searching thread only.
 */
@FunctionalInterface
public interface RowFilter {

    /** Lets every row pass. */
    RowFilter ALL = index -> -1L;

    /**
     * The 64 bits of the ordinals from {@code 64 * index} on; zero beyond the end of the filter.
     *
     * @param index 0 or more
     */
    long word(int index);

    /** A filter over an array of words, which is not copied; ordinals beyond it do not pass. */
    static RowFilter of(long[] words) {
        return index -> index < words.length ? words[index] : 0L;
    }
}
