package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

    private static final Curve CURVE =
            new Curve(
                    List.of(
                            new Curve.Point(.90, 8_000),
                            new Curve.Point(.98, 500),
                            new Curve.Point(.96, 2_000),
                            new Curve.Point(.95, 1_900),
                            new Curve.Point(.90, 7_000)));

    @Test
    void keepsWhatNothingBeatsInBoth() {
        assertThat(CURVE.frontier())
                .containsExactly(
                        new Curve.Point(.98, 500),
                        new Curve.Point(.96, 2_000),
                        new Curve.Point(.90, 8_000));
    }

    @Test
    void joinsPointsByLinesOverTheLogarithm() {
        assertThat(CURVE.rateAt(.97).orElseThrow()).isCloseTo(1_000, within(1e-6));
        assertThat(CURVE.rateAt(.93).orElseThrow()).isCloseTo(4_000, within(1e-6));
    }

    @Test
    void isExactAtItsPoints() {
        assertThat(CURVE.rateAt(.96).orElseThrow()).isCloseTo(2_000, within(1e-6));
        assertThat(CURVE.rateAt(.98).orElseThrow()).isCloseTo(500, within(1e-6));
    }

    @Test
    void extrapolatesNothing() {
        assertThat(CURVE.rateAt(.99)).isEmpty();
        assertThat(CURVE.rateAt(.50)).hasValue(8_000);
        assertThat(new Curve(List.of()).rateAt(.95)).isEmpty();
    }
}
