package dev.vitrine.kernels.vector;

import java.util.Arrays;
import java.util.Random;

/** Vectors that several tests need. */
final class TestVectors {

    private TestVectors() {}

    static float[] gaussian(Random random, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static float[] filled(int length, float value) {
        float[] vector = new float[length];
        Arrays.fill(vector, value);
        return vector;
    }
}
