package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentroidCodeTest {

    private static final int DIMENSIONS = 384;

    private final Random random = new Random(3);

    private float[] normal() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (random.nextGaussian() / Math.sqrt(DIMENSIONS));
        }
        return vector;
    }

    private static float[] decoded(CentroidCode code) {
        float[] decoded = new float[DIMENSIONS];
        code.decode(decoded);
        return decoded;
    }

    @Test
    void code_isRightAlongTheCentroid_andElsewhereOnAverage() {
        double error = 0;
        double squares = 0;
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            float[] centroid = normal();
            float[] stands = decoded(CentroidCode.of(centroid));
            double along = VectorMath.dot(centroid, centroid);
            assertThat((double) VectorMath.dot(stands, centroid)).isCloseTo(along, within(1e-4));
            float[] query = normal();
            double off = VectorMath.dot(stands, query) - VectorMath.dot(centroid, query);
            error += off / count;
            squares += off * off / count;
        }
        // The levels leave .12 of the squares; so much, over the root of the dimensions.
        assertThat(Math.sqrt(squares)).isBetween(0.015, 0.021);
        assertThat(error).isCloseTo(0, within(0.002));
    }

    @Test
    void zero_standsForZero() {
        assertThat(decoded(CentroidCode.of(new float[DIMENSIONS]))).containsOnly(0f);
    }

    @Test
    void planes_estimateTheDotProduct() {
        for (int i = 0; i < 100; i++) {
            float[] centroid = normal();
            float[] query = normal();
            CentroidCode code = CentroidCode.of(centroid);
            CentroidPage page = CentroidPage.allocate(DIMENSIONS / Long.SIZE);
            page.set(5, code, 1);
            PlaneQuery planes = PlaneQuery.of(query, 0.5f);
            float[] estimates = new float[64];
            page.estimate(planes, 1L << 5, new long[64], estimates);
            assertThat(estimates[5])
                    .isCloseTo(0.5f + VectorMath.dot(query, decoded(code)), within(0.03f));
        }
    }
}
