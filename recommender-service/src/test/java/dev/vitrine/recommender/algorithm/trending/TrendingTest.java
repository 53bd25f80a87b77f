package dev.vitrine.recommender.algorithm.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.Recommended;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendingTest {
    private final List<Occasion> occasions = new ArrayList<>();

    @Test
    void rising_newDemand_comesBeforeSteadyDemand() {
        for (int day = 0; day < 60; day++) {
            for (int i = 0; i < 10; i++) {
                add(day, "steady");
            }
            if (day > 56) {
                for (int i = 0; i < 6; i++) {
                    add(day, "risen");
                }
            }
            if (day < 30) {
                add(day, "fallen");
            }
        }
        TrendingModel model = new TrendingTrainer(TrendingParameters.DEFAULT).train(occasions);
        List<Recommended> rising = model.rising(9, id -> true);
        assertThat(rising).extracting(Recommended::id).containsExactly("risen");
        assertThat(rising.getFirst().lift()).isGreaterThan(2);
        assertThat(model.popular(9, id -> true))
                .extracting(Recommended::id)
                .containsExactly("steady", "risen", "fallen");
        assertThat(model.popular(1, id -> !id.equals("steady")))
                .extracting(Recommended::id)
                .containsExactly("risen");
    }

    @Test
    void rising_busierDayForAll_makesNothingTrend() {
        for (int day = 0; day < 60; day++) {
            for (int i = 0; i < (day == 59 ? 50 : 5); i++) {
                add(day, "a");
                add(day, "b");
            }
        }
        TrendingModel model = new TrendingTrainer(TrendingParameters.DEFAULT).train(occasions);
        assertThat(model.rising(9, id -> true)).isEmpty();
    }

    @Test
    void rising_hardlyMoreThanUsual_isNoTrend() {
        for (int day = 0; day < 60; day++) {
            for (int i = 0; i < 10; i++) {
                add(day, "a");
                add(day, "b");
            }
        }
        add(59, "a");
        TrendingModel model = new TrendingTrainer(TrendingParameters.DEFAULT).train(occasions);
        assertThat(model.rising(9, id -> true)).isEmpty();
        assertThat(model.popular(9, id -> true)).hasSize(2);
        TrendingParameters least =
                new TrendingParameters(Duration.ofDays(3), Duration.ofDays(30), 2, 0);
        assertThat(new TrendingTrainer(least).train(occasions).rising(9, id -> true))
                .extracting(Recommended::id)
                .containsExactly("a");
    }

    @Test
    void train_nothing_isEmpty() {
        TrendingModel model = new TrendingTrainer(TrendingParameters.DEFAULT).train(List.of());
        assertThat(model.rising(9, id -> true)).isEmpty();
        assertThat(model.popular(9, id -> true)).isEmpty();
    }

    @Test
    void parameters_presentLongerThanPast_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TrendingParameters(Duration.ofDays(30), Duration.ofDays(3), 2, 1));
    }

    private void add(int day, String item) {
        occasions.add(
                new Occasion(
                        Integer.toString(occasions.size()),
                        Instant.EPOCH.plus(Duration.ofDays(day)),
                        List.of(item)));
    }
}
