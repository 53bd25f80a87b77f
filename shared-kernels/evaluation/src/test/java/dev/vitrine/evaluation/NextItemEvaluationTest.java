package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextItemEvaluationTest {
    // Worked by hand: counts 1, 2, 2, 5 give the percentiles 0, 1.5/3, 1.5/3, 1.
    private static final Map<String, Integer> COUNTS = Map.of("a", 1, "b", 2, "c", 2, "d", 5);

    @Test
    void measures_fourCases_equalThoseWorkedByHand() {
        NextItemEvaluation measured = new NextItemEvaluation(COUNTS);
        measured.add(List.of("d", "b"), "d");
        measured.add(List.of("d", "b"), "b");
        measured.add(List.of("d"), "a");
        measured.add(List.of("new"), "new");
        assertThat(measured.cases()).isEqualTo(4);
        assertThat(measured.hr20()).isEqualTo(3 / 4.0);
        assertThat(measured.mrr20()).isEqualTo((1 + 1 / 2.0 + 0 + 1) / 4);
        assertThat(measured.coverage()).isEqualTo(2 / 4.0);
        assertThat(measured.popularityBias())
                .isCloseTo((1 + 0.5 + 1 + 0.5 + 1 + 0) / 6, within(1e-12));
        assertThat(measured.coldCases()).isEqualTo(1);
        assertThat(measured.coldHr20()).isEqualTo(1);
    }

    @Test
    void add_targetAtTheEdges_countsToItsDepth() {
        List<String> ranking =
                IntStream.rangeClosed(1, 21).mapToObj(String::valueOf).collect(Collectors.toList());
        NextItemEvaluation measured = new NextItemEvaluation(COUNTS);
        measured.add(ranking, "10");
        measured.add(ranking, "11");
        measured.add(ranking, "20");
        measured.add(ranking, "21");
        assertThat(measured.hr10()).isEqualTo(1 / 4.0);
        assertThat(measured.hr20()).isEqualTo(3 / 4.0);
        assertThat(measured.mrr20()).isCloseTo((0.1 + 1 / 11.0 + 0.05) / 4, within(1e-12));
    }

    @Test
    void measures_nothingAdded_areZero() {
        NextItemEvaluation measured = new NextItemEvaluation(Map.of());
        assertThat(measured.hr20()).isZero();
        assertThat(measured.coverage()).isZero();
        assertThat(measured.popularityBias()).isZero();
        assertThat(measured.coldHr20()).isZero();
    }
}
