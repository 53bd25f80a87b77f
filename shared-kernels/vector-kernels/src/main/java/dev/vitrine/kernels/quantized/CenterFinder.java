package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Arrays;

/**
 * Finds the center that a row is kept with: sign codes tell some that are near, the best of these
 * is taken. One thread.
 */
final class CenterFinder {

    /** Centers that are scored, of more than are scored without signs. */
    private static final int LISTED = 32;

    /** To turn a row and compare its signs takes as long as to score so many centers. */
    private static final int UNLISTED = 256;

    private final Centers centers;
    private final int[] distances;
    private final int[] histogram;
    private final long[] ofBlock = new long[SignBlock.ROWS];
    private final int[] listed;
    private final float[] scores;

    CenterFinder(Centers centers) {
        int most = centers.count() <= UNLISTED ? centers.count() : LISTED;
        this.centers = centers;
        this.distances = new int[centers.count()];
        this.histogram = new int[centers.encoder().distanceMax() + 1];
        this.listed = new int[most];
        this.scores = new float[most];
    }

    /** The center of a row of finite components; the same row has always the same one. */
    int find(float[] row) {
        return findSome(row, 1)[0];
    }

    /**
     * The centers that are best for a row of finite components, the best first.
     *
     * @param most how many of them, fewer if there are fewer
     */
    int[] findSome(float[] row, int most) {
        list(row);
        VectorMath.dotRows(row, centers.directions(), listed, listed.length, scores);
        int[] found = new int[Math.min(most, listed.length)];
        for (int f = 0; f < found.length; f++) {
            int best = f;
            for (int i = f + 1; i < listed.length; i++) {
                if (scores[i] > scores[best]) {
                    best = i;
                }
            }
            found[f] = listed[best];
            listed[best] = listed[f];
            scores[best] = scores[f];
        }
        return found;
    }

    private void list(float[] row) {
        if (listed.length == centers.count()) {
            Arrays.setAll(listed, c -> c);
            return;
        }
        SignQuery query = centers.encoder().query(row);
        Arrays.fill(histogram, 0);
        for (int c = 0; c < distances.length; c++) {
            int slot = c % SignBlock.ROWS;
            if (slot == 0) {
                SignBlock block = centers.signs()[c / SignBlock.ROWS];
                CodeMath.distances(query.signs(), query.large(), block, ofBlock);
            }
            distances[c] = (int) ofBlock[slot];
            histogram[distances[c]]++;
        }
        int limit = 0;
        int within = histogram[0];
        while (within < listed.length) {
            within += histogram[++limit];
        }
        // Of those at the very limit the first ones.
        int atLimit = listed.length - (within - histogram[limit]);
        int size = 0;
        for (int c = 0; size < listed.length; c++) {
            if (distances[c] < limit || (distances[c] == limit && atLimit-- > 0)) {
                listed[size++] = c;
            }
        }
    }
}
