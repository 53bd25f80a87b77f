package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecallSearchTest {

    private final List<Double> tried = new ArrayList<>();

    private @Nullable Double find(double target, DoubleUnaryOperator recall) {
        return RecallSearch.find(
                target,
                counted -> {
                    tried.add(counted);
                    return recall.applyAsDouble(counted);
                },
                Double::doubleValue);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.95, 0.98, 0.995, 1})
    void searchesThatFindMoreThanWasCounted_areNarrowedToTheTarget(double target) {
        for (double power : new double[] {1, 0.7, 0.3, 0.05}) {
            tried.clear();
            Double found = find(target, counted -> Math.pow(counted, power));
            assertThat(found).isBetween(target, target + 0.003);
            assertThat(tried).hasSizeLessThanOrEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.98})
    void searchesThatFindLess_areWidened(double target) {
        assertThat(find(target, counted -> Math.pow(counted, 1.5)))
                .isBetween(target, target + 0.003);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 1})
    void targetThatIsNeverReached_findsNothing(double target) {
        assertThat(find(target, counted -> 0.8 * counted)).isNull();
        assertThat(tried).hasSize(8);
    }
}
