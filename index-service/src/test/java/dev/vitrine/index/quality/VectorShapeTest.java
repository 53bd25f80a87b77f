package dev.vitrine.index.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorShapeTest {

    /**
     * Uniform directions of n dimensions lie on a sphere of n - 1; the estimate falls short the
     * more, the higher the dimension is and the fewer rows there are.
     */
    @ParameterizedTest
    @CsvSource({"3, 1.8, 2.2", "6, 4.3, 5.3", "11, 7, 10.5"})
    void dimension_ofASphereInsideALargerSpace_isTheSpheres(int inner, double low, double high) {
        VectorShape shape = VectorShape.of(directions(3_000, inner), 2_000, new Random(1));
        assertThat(shape.rows()).isEqualTo(3_000);
        assertThat(shape.intrinsicDimension()).isBetween(low, high);
    }

    @Test
    void hubness_growsWithTheDimension() {
        double flat = VectorShape.of(directions(2_000, 3), 2_000, new Random(1)).hubness();
        // A Gaussian cloud around a common direction has hubs; a sphere has none by symmetry.
        Random random = new Random(2);
        ExactVectorEngine engine = new ExactVectorEngine(64, 2_000);
        float[] vector = new float[64];
        for (int i = 0; i < 2_000; i++) {
            for (int d = 0; d < 64; d++) {
                vector[d] = (float) random.nextGaussian() + (d == 0 ? 8 : 0);
            }
            VectorMath.normalize(vector);
            engine.put(i, vector);
        }
        double hubs = VectorShape.of(engine.publish(), 2_000, new Random(1)).hubness();
        assertThat(Math.abs(flat)).isLessThan(0.5);
        assertThat(hubs).isGreaterThan(1.5);
    }

    @Test
    void fewOrEqualRows_haveNoShape() {
        assertThat(VectorShape.of(directions(5, 3), 2_000, new Random(1)).intrinsicDimension())
                .isNaN();
        ExactVectorEngine engine = new ExactVectorEngine(2, 100);
        for (int i = 0; i < 100; i++) {
            engine.put(i, new float[] {1, 0});
        }
        assertThat(VectorShape.of(engine.publish(), 50, new Random(1)).intrinsicDimension())
                .isNaN();
    }

    private static VectorSearch directions(int count, int inner) {
        Random random = new Random(inner);
        ExactVectorEngine engine = new ExactVectorEngine(32, 2 * count);
        float[] vector = new float[32];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < inner; d++) {
                vector[d] = (float) random.nextGaussian();
            }
            VectorMath.normalize(vector);
            // Every other ordinal has no row.
            engine.put(2 * i, vector);
        }
        return engine.publish();
    }
}
