package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingMeasuresTest {

    @Test
    void ndcg_moreThanKRelevant_idealIsCutAtKToo() {
        Map<String, Double> judgements = new HashMap<>();
        List<String> ranking = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            judgements.put("p" + i, 2.0);
            ranking.add("p" + i);
        }
        assertThat(ndcg(ranking, judgements, 10)).isCloseTo(1, within(1e-12));
        // Only rank 11 and 12 are right, which nDCG@10 does not see.
        List<String> late = new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> "u" + i).toList());
        late.addAll(ranking);
        assertThat(ndcg(late, judgements, 10)).isZero();
    }

    @Test
    void ndcg_betterOrder_isNeverLower() {
        Map<String, Double> judgements = Map.of("a", 3.0, "b", 2.0, "c", 1.0, "d", 0.0);
        double best = ndcg(List.of("a", "b", "c", "d"), judgements, 10);
        double swapped = ndcg(List.of("b", "a", "c", "d"), judgements, 10);
        double worst = ndcg(List.of("d", "c", "b", "a"), judgements, 10);
        assertThat(best).isCloseTo(1, within(1e-12));
        assertThat(swapped).isLessThan(best).isGreaterThan(worst);
    }

    @Test
    void ndcg_noPositiveGrade_isUndefined() {
        assertThat(RankingMeasures.ndcg(List.of("a"), Map.of("a", 0.0), 10, Gain.LINEAR)).isEmpty();
        assertThat(RankingMeasures.ndcg(List.of("a"), Map.of(), 10, Gain.LINEAR)).isEmpty();
    }

    @Test
    void reciprocalRank_isOfTheFirstRelevantProduct() {
        Map<String, Double> judgements = Map.of("a", 1.0, "b", 2.0);
        assertThat(RankingMeasures.reciprocalRank(List.of("u", "a", "b"), judgements, 2))
                .hasValue(1 / 3.0);
        assertThat(RankingMeasures.reciprocalRank(List.of("u", "a"), judgements, 2)).hasValue(0);
        assertThat(RankingMeasures.reciprocalRank(List.of("u"), judgements, 3)).isEmpty();
    }

    @Test
    void recallOfExact_countsTheOverlapOfTheFirstK() {
        int[] exact = {5, 3, 9, 7};
        assertThat(RankingMeasures.recallOfExact(exact, new int[] {3, 5, 1, 9}, 3))
                .hasValue(2 / 3.0);
        assertThat(RankingMeasures.recallOfExact(exact, exact, 10)).hasValue(1);
        assertThat(RankingMeasures.recallOfExact(exact, new int[0], 10)).hasValue(0);
        assertThat(RankingMeasures.recallOfExact(new int[0], exact, 10)).isEmpty();
    }

    @Test
    void keptSet_countsJudgedProductsOnlyAndAddsUp() {
        Map<String, Double> judgements = Map.of("a", 3.0, "b", 2.0, "c", 1.0, "d", 0.0);
        KeptSet one = KeptSet.of(Set.of("a", "c", "u"), judgements, 2);
        assertThat(one).isEqualTo(new KeptSet(1, 2, 2));
        assertThat(one.precision()).hasValue(0.5);
        assertThat(one.recall()).hasValue(0.5);
        assertThat(one.plus(new KeptSet(2, 2, 2)).recall()).hasValue(0.75);
        assertThat(KeptSet.NONE.precision()).isEmpty();
        assertThat(KeptSet.NONE.recall()).isEmpty();
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankingMeasures.precision(List.of(), Map.of(), 0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankingMeasures.precision(List.of(), Map.of(), 10, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SearchEvaluation(Double.NaN));
        Judgments judgments = Judgments.of(Map.of("q", Map.of("a", 1.0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SearchEvaluation(2).evaluate(judgments, Map.of("q", List.of("a", "a"))))
                .withMessage("the ranking of 'q' names a product twice");
    }

    private static double ndcg(List<String> ranking, Map<String, Double> judgements, int k) {
        return RankingMeasures.ndcg(ranking, judgements, k, Gain.EXPONENTIAL).orElseThrow();
    }
}
