package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.Arrays;

/**
 * Orders vectors so that near ones stand together: halves them along their first principal
 * direction, again and again. One thread.
 */
final class Halving {

    /** Rounds of the power method; the direction need not be exact to be a good one. */
    private static final int ROUNDS = 4;

    private final float[][] vectors;
    private final int[] numbers;
    private final float[] mean;
    private final float[] direction;
    private final float[] projections;
    private final long[] keys;

    /**
     * @param vectors all of one length; put in order, none is changed
     * @param numbers put in order with them
     */
    Halving(float[][] vectors, int[] numbers) {
        int length = vectors.length == 0 ? 0 : vectors[0].length;
        this.vectors = vectors;
        this.numbers = numbers;
        this.mean = new float[length];
        this.direction = new float[length];
        this.projections = new float[vectors.length];
        this.keys = new long[vectors.length];
    }

    /** Orders all, down to groups of at most {@code most}, of which all but the last are full. */
    void order(int most) {
        order(0, vectors.length, most);
    }

    private void order(int from, int to, int most) {
        if (to - from > most) {
            int groups = Math.ceilDiv(to - from, most);
            int middle = from + groups / 2 * most;
            halve(from, to);
            order(from, middle, most);
            order(middle, to, most);
        }
    }

    private void halve(int from, int to) {
        findDirection(from, to);
        for (int i = from; i < to; i++) {
            float projection = VectorMath.dot(vectors[i], direction);
            keys[i] = (long) CandidateList.rising(projection) << Integer.SIZE | i;
        }
        Arrays.sort(keys, from, to);
        float[][] oldVectors = Arrays.copyOfRange(vectors, from, to);
        int[] oldNumbers = Arrays.copyOfRange(numbers, from, to);
        for (int i = from; i < to; i++) {
            int old = (int) keys[i] - from;
            vectors[i] = oldVectors[old];
            numbers[i] = oldNumbers[old];
        }
    }

    /** Power method on the covariance, which is never formed. */
    private void findDirection(int from, int to) {
        Arrays.fill(mean, 0);
        for (int i = from; i < to; i++) {
            add(mean, vectors[i], 1f / (to - from));
        }
        System.arraycopy(farthest(from, to), 0, direction, 0, direction.length);
        add(direction, mean, -1);
        for (int round = 0; round < ROUNDS; round++) {
            float ofMean = VectorMath.dot(mean, direction);
            for (int i = from; i < to; i++) {
                projections[i] = VectorMath.dot(vectors[i], direction) - ofMean;
            }
            Arrays.fill(direction, 0);
            for (int i = from; i < to; i++) {
                add(direction, vectors[i], projections[i]);
            }
            // The mean times the sum of the projections, which is about 0, may stay in.
            scale(direction);
        }
    }

    private float[] farthest(int from, int to) {
        float[] farthest = vectors[from];
        float least = Float.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            float similarity = VectorMath.dot(vectors[i], mean);
            if (similarity < least) {
                least = similarity;
                farthest = vectors[i];
            }
        }
        return farthest;
    }

    private static void add(float[] sum, float[] vector, float weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * vector[i];
        }
    }

    private static void scale(float[] vector) {
        float perLength = (float) (1 / Math.sqrt(Rounding.squares(vector)));
        if (Float.isFinite(perLength)) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= perLength;
            }
        }
    }
}
