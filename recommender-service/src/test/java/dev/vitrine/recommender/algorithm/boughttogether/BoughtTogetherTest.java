package dev.vitrine.recommender.algorithm.boughttogether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.Recommended;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoughtTogetherTest {
    private static final BoughtTogetherParameters PLAIN =
            new BoughtTogetherParameters(100, 10, 10, Duration.ofDays(100_000), 0, 1, 0);

    private final List<Occasion> baskets = new ArrayList<>();

    @Test
    void rank_fourBaskets_equalsTheCosineWorkedByHand() {
        basket("a", "b");
        basket("a", "b");
        basket("a", "c");
        basket("c", "d");
        List<Recommended> ranked = train(PLAIN).rank(List.of("a"), 10, id -> true);
        // n(a) = 3, n(b) = 2, n(c) = 2: 2 / sqrt(6) and 1 / sqrt(6).
        assertThat(ranked).extracting(Recommended::id).containsExactly("b", "c");
        assertThat(ranked.get(0).score()).isCloseTo(2 / Math.sqrt(6), within(1e-9));
        assertThat(ranked.get(1).score()).isCloseTo(1 / Math.sqrt(6), within(1e-9));
        assertThat(ranked.get(0).because()).isEqualTo("a");
        assertThat(ranked.get(0).support()).isEqualTo(2);
        // 2 baskets with both, 3 * 2 / 4 expected.
        assertThat(ranked.get(0).lift()).isCloseTo(2 / 1.5, within(1e-6));
    }

    @Test
    void g_dunningsExample_equalsTheValueWorkedByHand() {
        // 10 log(10*100/(20*20)) + 2 * 10 log(10*100/(20*80)) + 70 log(70*100/(80*80)), doubled.
        double expected =
                2 * (10 * Math.log(2.5) + 20 * Math.log(0.625) + 70 * Math.log(7_000 / 6_400.0));
        assertThat(Significance.g(10, 20, 20, 100)).isCloseTo(expected, within(1e-9));
        assertThat(Significance.g(4, 20, 20, 100)).isCloseTo(0, within(1e-9));
        assertThat(Significance.g(0, 20, 20, 100)).isPositive();
    }

    @Test
    void train_pairNotOverChance_isLeftOut() {
        for (int i = 0; i < 40; i++) {
            basket("everywhere", "x" + i);
            basket("everywhere", "together", "too");
        }
        BoughtTogetherParameters sure =
                new BoughtTogetherParameters(100, 10, 10, Duration.ofDays(9), 0, 1, 3.84);
        assertThat(train(sure).rank(List.of("together"), 10, id -> true))
                .extracting(Recommended::id)
                .containsExactly("too");
    }

    @Test
    void train_oldBaskets_countLess() {
        baskets.add(new Occasion("1", Instant.EPOCH, List.of("a", "old")));
        baskets.add(
                new Occasion("2", Instant.EPOCH.plus(Duration.ofDays(10)), List.of("a", "new")));
        BoughtTogetherParameters fading =
                new BoughtTogetherParameters(100, 10, 10, Duration.ofDays(10), 1, 1, 0);
        List<Recommended> ranked = train(fading).rank(List.of("a"), 10, id -> true);
        assertThat(ranked).extracting(Recommended::id).containsExactly("new", "old");
        assertThat(ranked.get(0).score()).isCloseTo(1 / (Math.sqrt(1.5) + 1), within(1e-9));
        assertThat(ranked.get(1).score()).isCloseTo(0.5 / (Math.sqrt(0.75) + 1), within(1e-9));
    }

    @Test
    void train_anyOrderOfArrival_givesTheSameModel() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            basket("i" + random.nextInt(12), "i" + random.nextInt(12), "i" + random.nextInt(12));
        }
        BoughtTogetherModel model = train(BoughtTogetherParameters.DEFAULT);
        Collections.shuffle(baskets, random);
        for (int i = 0; i < 12; i++) {
            assertThat(
                            train(BoughtTogetherParameters.DEFAULT)
                                    .rank(List.of("i" + i, "i3"), 20, id -> true))
                    .isEqualTo(model.rank(List.of("i3", "i" + i), 20, id -> true));
        }
    }

    @Test
    void rank_limits_areKept() {
        basket("a", "b", "c", "d");
        basket("a", "b");
        assertThat(train(PLAIN).rank(List.of("a"), 1, id -> !id.equals("b")))
                .extracting(Recommended::id)
                .containsExactly("c");
        BoughtTogetherParameters small =
                new BoughtTogetherParameters(1, 2, 1, Duration.ofDays(1), 0, 1, 0);
        baskets.clear();
        basket("a", "b");
        basket("c", "d", "e");
        assertThat(train(small).rank(List.of("a"), 9, id -> true)).isEmpty();
        assertThat(train(small).rank(List.of("c"), 9, id -> true))
                .extracting(Recommended::id)
                .containsExactly("d");
    }

    @Test
    void rank_nothingKnown_isEmpty() {
        assertThat(train(PLAIN).rank(List.of("a"), 9, id -> true)).isEmpty();
        basket("a", "b");
        assertThat(train(PLAIN).rank(List.of(), 9, id -> true)).isEmpty();
        assertThat(train(PLAIN).rank(List.of("new"), 9, id -> true)).isEmpty();
    }

    private BoughtTogetherModel train(BoughtTogetherParameters parameters) {
        return new BoughtTogetherTrainer(parameters).train(baskets);
    }

    private void basket(String... items) {
        baskets.add(
                new Occasion(
                        "basket " + baskets.size(),
                        Instant.EPOCH.plusSeconds(baskets.size()),
                        List.of(items)));
    }
}
