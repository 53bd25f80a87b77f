package dev.vitrine.kernels.multivector;

import dev.vitrine.kernels.vector.BatchMath;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.Arrays;

/**
 * Late interaction of one query with documents: for each token of the query the dot product with
 * its best token of the document, summed over the query's tokens (ColBERT, arXiv 2004.12832). With
 * tokens of unit length a score is at most the number of query tokens.
 *
 * <p>One object a query; it keeps the room for its intermediate results, so nothing is allocated a
 * document, and one thread at a time may use it.
 */
public final class MaxSim {

    /** Document tokens that are compared at once. */
    private static final int TOKENS = 32;

    private final NativeRows query;
    private final float[] dots;
    private final float[] best;

    /**
     * Prepares a query.
     *
     * @param query a token a row; not copied
     */
    public MaxSim(NativeRows query) {
        this.query = query;
        this.dots = new float[query.count() * TOKENS];
        this.best = new float[query.count()];
    }

    /**
     * The score of the document whose tokens are {@code count} rows from {@code firstToken} on. NaN
     * if one of the dot products is; infinities follow IEEE 754.
     *
     * @param tokens rows of the length of the query's
     * @param count 1 or more
     */
    public float score(NativeRows tokens, int firstToken, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a document of " + count + " tokens");
        }
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int done = 0; done < count; done += TOKENS) {
            int now = Math.min(TOKENS, count - done);
            BatchMath.dotBlock(query, 0, best.length, tokens, firstToken + done, now, dots);
            for (int q = 0; q < best.length; q++) {
                best[q] = Math.max(best[q], most(q * now, now));
            }
        }
        float sum = 0;
        for (float each : best) {
            sum += each;
        }
        return sum;
    }

    private float most(int from, int count) {
        float most = dots[from];
        for (int i = from + 1; i < from + count; i++) {
            most = Math.max(most, dots[i]);
        }
        return most;
    }
}
