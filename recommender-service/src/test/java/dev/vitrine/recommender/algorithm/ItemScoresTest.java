package dev.vitrine.recommender.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemScoresTest {
    @Test
    void add_manyItems_equalsAMap() {
        Random random = new Random(7);
        ItemScores scores = new ItemScores();
        Map<Integer, Double> sums = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int item = random.nextInt(3_000) * 1_000;
            double score = random.nextDouble();
            scores.add(item, score, i);
            sums.merge(item, score, Double::sum);
            counts.merge(item, 1, Integer::sum);
        }
        assertThat(scores.size()).isEqualTo(sums.size());
        assertThat(scores.items()).hasSize(sums.size());
        for (int item : scores.items()) {
            assertThat(scores.sum(item)).isEqualTo(sums.get(item));
            assertThat(scores.count(item)).isEqualTo(counts.get(item));
        }
    }

    @Test
    void cause_severalAdditions_isTheGreatestOnes() {
        ItemScores scores = new ItemScores();
        scores.add(0, 1, 5);
        scores.add(0, 3, 6);
        scores.add(0, 2, 7);
        assertThat(scores.cause(0)).isEqualTo(6);
        assertThat(scores.sum(0)).isEqualTo(6);
    }
}
