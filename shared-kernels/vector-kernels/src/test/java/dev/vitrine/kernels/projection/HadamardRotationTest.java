package dev.vitrine.kernels.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("width")
class HadamardRotationTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 16, 31, 96, 100, 128, 384, 385, 768, 1023})
    void rotate_keepsDotProductsAndCanBeUndone(int dimensions) {
        Random random = new Random(dimensions);
        HadamardRotation rotation = new HadamardRotation(dimensions, 5);
        float[] a = unit(random, dimensions);
        float[] b = unit(random, dimensions);
        float[] rotatedA = a.clone();
        float[] rotatedB = b.clone();
        rotation.rotate(rotatedA);
        rotation.rotate(rotatedB);
        assertThat(VectorMath.dot(rotatedA, rotatedA)).isCloseTo(1f, within(1e-5f));
        assertThat(VectorMath.dot(rotatedA, rotatedB))
                .isCloseTo(VectorMath.dot(a, b), within(1e-5f));
        rotation.rotateBack(rotatedA);
        assertThat(rotatedA).containsExactly(a, within(1e-5f));
    }

    /**
     * Components of a random direction of n dimensions are near a normal distribution of variance
     * 1/n; of n * n of them none is beyond 7 deviations but once in a billion.
     */
    @ParameterizedTest
    @ValueSource(ints = {96, 100, 128, 384})
    void rotate_ofAnAxis_spreadsOverAllComponents(int dimensions) {
        HadamardRotation rotation = new HadamardRotation(dimensions, 5);
        double fourth = 0;
        for (int axis = 0; axis < dimensions; axis++) {
            float[] vector = new float[dimensions];
            vector[axis] = 1;
            rotation.rotate(vector);
            for (float component : vector) {
                double scaled = component * Math.sqrt(dimensions);
                assertThat(Math.abs(scaled)).isLessThan(7);
                fourth += Math.pow(scaled, 4);
            }
        }
        // 3 for a normal distribution, as many as dimensions where nothing is spread.
        assertThat(fourth / dimensions / dimensions).isBetween(2.0, 4.5);
    }

    @Test
    void equalSeeds_giveEqualRotations_othersDoNot() {
        float[] first = unit(new Random(1), 384);
        float[] second = first.clone();
        float[] other = first.clone();
        new HadamardRotation(384, 1).rotate(first);
        new HadamardRotation(384, 1).rotate(second);
        new HadamardRotation(384, 2).rotate(other);
        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void wrongLengths_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HadamardRotation(0, 1));
        HadamardRotation rotation = new HadamardRotation(3, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> rotation.rotate(new float[4]));
        assertThatIllegalArgumentException().isThrownBy(() -> rotation.rotateBack(new float[2]));
    }

    private static float[] unit(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }
}
