package dev.vitrine.index.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProportionTest {

    /** Worked out by hand: p = .9, n = 100, z = 1.96. */
    @Test
    void interval_isWilsons() {
        Proportion most = new Proportion(0.9, 100);
        assertThat(most.low()).isCloseTo(0.8256, within(5e-4));
        assertThat(most.high()).isCloseTo(0.9448, within(5e-4));
    }

    @Test
    void interval_atTheEnds_staysInsideAndHasAWidth() {
        Proportion all = new Proportion(1, 50);
        assertThat(all.high()).isCloseTo(1, within(1e-9));
        assertThat(all.low()).isBetween(0.92, 0.94);
        Proportion none = new Proportion(0, 50);
        assertThat(none.low()).isCloseTo(0, within(1e-9));
        assertThat(none.high()).isBetween(0.06, 0.08);
    }

    /** Recalls of tenths around the true mean; the intervals hold it in 95 % of cases or more. */
    @Test
    void interval_ofSharesPerQuery_holdsTheMean() {
        Random random = new Random(17);
        int held = 0;
        for (int repetition = 0; repetition < 1_000; repetition++) {
            RecallWindow window = new RecallWindow(50);
            for (int query = 0; query < 50; query++) {
                // A fifth of the queries is hard: mean recall .8 * 1 + .2 * .5.
                window.add(random.nextInt(5) == 0 ? 0.5 : 1);
            }
            Proportion mean = window.mean();
            held += mean.low() <= 0.9 && 0.9 <= mean.high() ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(950);
    }

    @Test
    void window_forgetsTheOldest() {
        RecallWindow window = new RecallWindow(2);
        assertThat(window.mean().share()).isNaN();
        assertThat(window.mean().low()).isNaN();
        assertThat(window.mean().high()).isNaN();
        window.add(0);
        window.add(0.5);
        assertThat(window.mean()).isEqualTo(new Proportion(0.25, 2));
        window.add(1);
        assertThat(window.mean()).isEqualTo(new Proportion(0.75, 2));
    }

    @Test
    void selectivity_isThatOfTheShareThatPasses() {
        assertThat(Selectivity.of(1_000, 1_000)).isEqualTo(Selectivity.ALL);
        assertThat(Selectivity.of(899, 1_000)).isEqualTo(Selectivity.WIDE);
        assertThat(Selectivity.of(99, 1_000)).isEqualTo(Selectivity.NARROW);
        assertThat(Selectivity.of(9, 1_000)).isEqualTo(Selectivity.FEW);
        assertThat(Selectivity.of(0, 1_000)).isEqualTo(Selectivity.FEW);
    }
}
