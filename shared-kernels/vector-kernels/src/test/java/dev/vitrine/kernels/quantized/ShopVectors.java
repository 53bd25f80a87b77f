package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;

/**
 * Vectors as catalogues have them: rows in clusters of different size and width around a common
 * direction, queries beside the rows, not among them.
 */
final class ShopVectors {

    private final int dimensions;
    private final float[][] centers;
    private final Random random;

    ShopVectors(int dimensions, int clusters, long seed) {
        this.dimensions = dimensions;
        this.random = new Random(seed);
        this.centers = new float[clusters][dimensions];
        float[] common = gaussian(0.4);
        for (float[] center : centers) {
            float[] own = gaussian(1);
            for (int i = 0; i < dimensions; i++) {
                center[i] = common[i] + own[i];
            }
        }
    }

    float[] row() {
        return around(center(), 0.9);
    }

    float[] row(int cluster) {
        return around(centers[cluster], 0.9);
    }

    float[] query() {
        return around(center(), 1.3);
    }

    /** Small clusters are many, as in a catalogue. */
    private float[] center() {
        double at = random.nextDouble();
        return centers[(int) (centers.length * at * at)];
    }

    private float[] around(float[] center, double spread) {
        float[] vector = gaussian(spread);
        for (int i = 0; i < dimensions; i++) {
            vector[i] += center[i];
        }
        VectorMath.normalize(vector);
        return vector;
    }

    private float[] gaussian(double scale) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }
}
