package dev.vitrine.index.execute;

import dev.vitrine.contracts.index.ScoringHead;
import java.util.Arrays;

/**
 * The rows that may belong to a result, with their scores on both legs, as parallel arrays: there
 * can be as many as there are products.
 */
final class Candidates {

    private int[] ordinals = new int[256];
    private float[] bm25 = new float[256];
    private float[] cosines = new float[256];
    private double[] logOdds = new double[256];
    private boolean[] identifiers = new boolean[256];
    private int size;

    /**
     * @param score BM25 score, NaN without a text match
     * @param cosine NaN without a vector on either side
     */
    void add(int ordinal, float score, float cosine, boolean identifier) {
        if (size == ordinals.length) {
            int length = size * 2;
            ordinals = Arrays.copyOf(ordinals, length);
            bm25 = Arrays.copyOf(bm25, length);
            cosines = Arrays.copyOf(cosines, length);
            logOdds = Arrays.copyOf(logOdds, length);
            identifiers = Arrays.copyOf(identifiers, length);
        }
        ordinals[size] = ordinal;
        bm25[size] = score;
        cosines[size] = cosine;
        identifiers[size++] = identifier;
    }

    /** Computes the log-odds of all of them. */
    void score(ScoringHead head, double bestBm25) {
        for (int c = 0; c < size; c++) {
            logOdds[c] = head.logOdds(text(c, bestBm25), semantic(c));
        }
    }

    int size() {
        return size;
    }

    int ordinal(int candidate) {
        return ordinals[candidate];
    }

    boolean isTextMatch(int candidate) {
        return !Float.isNaN(bm25[candidate]);
    }

    boolean isIdentifier(int candidate) {
        return identifiers[candidate];
    }

    boolean hasCosine(int candidate) {
        return !Float.isNaN(cosines[candidate]);
    }

    float bm25(int candidate) {
        return bm25[candidate];
    }

    float cosine(int candidate) {
        return cosines[candidate];
    }

    double logOdds(int candidate) {
        return logOdds[candidate];
    }

    /** The text score as the head wants it, 0 to 1. */
    double text(int candidate, double bestBm25) {
        return isTextMatch(candidate) && bestBm25 > 0 ? bm25[candidate] / bestBm25 : 0;
    }

    /** The cosine as the head wants it, 0 to 1. */
    double semantic(int candidate) {
        return hasCosine(candidate) ? Math.max(0, cosines[candidate]) : 0;
    }

    /** Exact codes first, then the more probable ones, then by ordinal. */
    int compare(int a, int b) {
        if (identifiers[a] != identifiers[b]) {
            return identifiers[a] ? -1 : 1;
        }
        int byOdds = Double.compare(logOdds[b], logOdds[a]);
        return byOdds != 0 ? byOdds : Integer.compare(ordinals[a], ordinals[b]);
    }
}
