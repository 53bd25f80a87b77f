package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.RowMatches;

/** Keeps the best k of the rows it is given, which may come in any order. */
public final class BestRows implements RowTaker {

    /*
     * A binary heap over two arrays with the worst kept row at the top: the lowest score, of equal
     * ones the highest ordinal.
     */
    private final int[] ordinals;
    private final float[] scores;
    private int size;

    /** Keeps at most {@code k} rows, 1 or more. */
    public BestRows(int k) {
        this.ordinals = new int[k];
        this.scores = new float[k];
    }

    @Override
    public boolean accept(int ordinal, float score) {
        if (size < scores.length) {
            siftUp(size++, ordinal, score);
        } else if (worse(scores[0], ordinals[0], score, ordinal)) {
            siftDown(ordinal, score, size);
        }
        return true;
    }

    /** What a row must score to be kept: nothing at all while there are fewer than k. */
    @Override
    public float threshold() {
        return size < scores.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** Empties the heap from the worst row to the best. */
    public RowMatches toMatches() {
        int[] sortedOrdinals = new int[size];
        float[] sortedScores = new float[size];
        for (int left = size - 1; left >= 0; left--) {
            sortedOrdinals[left] = ordinals[0];
            sortedScores[left] = scores[0];
            siftDown(ordinals[left], scores[left], left);
        }
        size = 0;
        return new RowMatches(sortedOrdinals, sortedScores);
    }

    private void siftUp(int from, int ordinal, float score) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!worse(score, ordinal, scores[parent], ordinals[parent])) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        scores[at] = score;
        ordinals[at] = ordinal;
    }

    /** Replaces the top of a heap of the given size. */
    private void siftDown(int ordinal, float score, int heapSize) {
        int at = 0;
        int child = 1;
        while (child < heapSize) {
            int other = child + 1;
            if (other < heapSize
                    && worse(scores[other], ordinals[other], scores[child], ordinals[child])) {
                child = other;
            }
            if (!worse(scores[child], ordinals[child], score, ordinal)) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        scores[at] = score;
        ordinals[at] = ordinal;
    }

    private void move(int from, int to) {
        scores[to] = scores[from];
        ordinals[to] = ordinals[from];
    }

    private static boolean worse(float score, int ordinal, float otherScore, int otherOrdinal) {
        return score < otherScore || (score == otherScore && ordinal > otherOrdinal);
    }
}
