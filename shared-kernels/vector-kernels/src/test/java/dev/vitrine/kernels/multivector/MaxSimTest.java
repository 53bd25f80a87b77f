package dev.vitrine.kernels.multivector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("width")
class MaxSimTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 33, 128})
    void score_documentsOfAllLengths_isThatOfEveryPairAlone(int dimensions) {
        Random random = new Random(dimensions);
        for (int queryTokens : new int[] {1, 2, 5, 32}) {
            float[][] query = tokens(random, queryTokens, dimensions);
            float[][] document = tokens(random, 140, dimensions);
            NativeRows rows = rows(document);
            MaxSim scorer = new MaxSim(rows(query));
            for (int count : new int[] {1, 2, 3, 31, 32, 33, 64, 100}) {
                int first = count % 7;
                float expected = 0;
                for (float[] token : query) {
                    float best = Float.NEGATIVE_INFINITY;
                    for (int t = first; t < first + count; t++) {
                        best = Math.max(best, VectorMath.dot(token, document[t]));
                    }
                    expected += best;
                }
                assertThat(scorer.score(rows, first, count)).isEqualTo(expected);
            }
        }
    }

    @Test
    void score_numbersThatAreNone_followIeee754() {
        NativeRows query = rows(new float[][] {{1f, 0f}, {0f, 1f}});
        NativeRows document =
                rows(new float[][] {{1f, 2f}, {Float.NaN, 0f}, {Float.POSITIVE_INFINITY, 3f}});
        MaxSim scorer = new MaxSim(query);
        assertThat(scorer.score(document, 0, 1)).isEqualTo(3f);
        assertThat(scorer.score(document, 0, 2)).isNaN();
        // Infinity times zero is NaN.
        assertThat(scorer.score(document, 2, 1)).isNaN();
        // A NaN leaves nothing behind.
        assertThat(scorer.score(document, 0, 1)).isEqualTo(3f);
    }

    @Test
    void badArguments_areRefused() {
        MaxSim scorer = new MaxSim(NativeRows.allocate(2, 3));
        NativeRows document = NativeRows.allocate(2, 4);
        assertThatIllegalArgumentException().isThrownBy(() -> scorer.score(document, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> scorer.score(document, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scorer.score(NativeRows.allocate(3, 1), 0, 1));
    }

    private static float[][] tokens(Random random, int count, int dimensions) {
        float[][] tokens = new float[count][dimensions];
        for (float[] token : tokens) {
            for (int i = 0; i < dimensions; i++) {
                token[i] = (float) random.nextGaussian();
            }
        }
        return tokens;
    }

    private static NativeRows rows(float[][] tokens) {
        NativeRows rows = NativeRows.allocate(tokens[0].length, tokens.length);
        for (int t = 0; t < tokens.length; t++) {
            rows.set(t, tokens[t]);
        }
        return rows;
    }
}
