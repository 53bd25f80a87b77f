package dev.vitrine.index.text;

import java.util.Arrays;

/**
 * What a text search found: every match, in no particular order.
 *
 * <p>The arrays may be longer than {@link #size()}; they belong to the search that asked.
 */
public final class TextMatches {

    private int[] ordinals = new int[256];
    private float[] scores = new float[256];
    private int size;
    private float best;
    private boolean complete = true;

    TextMatches() {}

    /** A search without text. */
    public static TextMatches none() {
        return new TextMatches();
    }

    void add(int ordinal, float score) {
        if (size == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, size * 2);
            scores = Arrays.copyOf(scores, size * 2);
        }
        ordinals[size] = ordinal;
        scores[size++] = score;
        best = Math.max(best, score);
    }

    void cutShort() {
        complete = false;
    }

    public int size() {
        return size;
    }

    public int ordinal(int index) {
        return ordinals[index];
    }

    public float score(int index) {
        return scores[index];
    }

    /** The best score, 0 without a match. */
    public float best() {
        return best;
    }

    /** Whether time sufficed to find all of them. */
    public boolean complete() {
        return complete;
    }

    /** A copy of the ordinals found. */
    public int[] ordinals() {
        return Arrays.copyOf(ordinals, size);
    }
}
