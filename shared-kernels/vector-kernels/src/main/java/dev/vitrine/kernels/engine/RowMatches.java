package dev.vitrine.kernels.engine;

/**
 * Rows that a search found, best first: by falling score, equal scores by rising ordinal.
 *
 * <p>The arrays have the length {@link #size()} and belong to the caller.
 */
public final class RowMatches {

    private final int[] ordinals;
    private final float[] scores;

    /** Takes over both arrays, which are of equal length and already in order. */
    public RowMatches(int[] ordinals, float[] scores) {
        if (ordinals.length != scores.length) {
            throw new IllegalArgumentException(
                    ordinals.length + " ordinals, but " + scores.length + " scores");
        }
        this.ordinals = ordinals;
        this.scores = scores;
    }

    /** Number of rows found. */
    public int size() {
        return ordinals.length;
    }

    /** Ordinal of the match at a rank from 0 on. */
    public int ordinal(int rank) {
        return ordinals[rank];
    }

    /** Score of the match at a rank from 0 on. */
    public float score(int rank) {
        return scores[rank];
    }

    /** All ordinals, best first. */
    public int[] ordinals() {
        return ordinals;
    }

    /** All scores, best first. */
    public float[] scores() {
        return scores;
    }
}
