package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvingTest {

    private static final int DIMENSIONS = 16;

    private final Random random = new Random(1);

    private float[] near(float[] center) {
        float[] vector = center.clone();
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) (0.1 * random.nextGaussian());
        }
        return vector;
    }

    private float[] anywhere() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void fourHeapsInAnyOrder_standApartAfterwards() {
        float[][] centers = {anywhere(), anywhere(), anywhere(), anywhere()};
        float[][] vectors = new float[400][];
        int[] numbers = new int[400];
        for (int i = 0; i < vectors.length; i++) {
            numbers[i] = i;
            vectors[i] = near(centers[i % 4]);
        }
        float[][] before = vectors.clone();
        new Halving(vectors, numbers).order(100);
        for (int group = 0; group < 4; group++) {
            int[] heap =
                    Arrays.stream(numbers, 100 * group, 100 * (group + 1))
                            .map(number -> number % 4)
                            .distinct()
                            .toArray();
            assertThat(heap).hasSize(1);
        }
        for (int i = 0; i < vectors.length; i++) {
            assertThat(vectors[i]).isSameAs(before[numbers[i]]);
        }
    }

    @Test
    void anyNumber_ofEqualOrNoVectors_keepsAll() {
        for (int size : new int[] {0, 1, 2, 3, 64, 65, 129}) {
            float[][] vectors = new float[size][DIMENSIONS];
            int[] numbers = IntStream.range(0, size).toArray();
            new Halving(vectors, numbers).order(1);
            assertThat(numbers).containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
        }
    }
}
