package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    private static Measured point(String engine, String variant, double recall, Double... rates) {
        return new Measured(engine, variant, "s", 1, 1, recall, -1, List.of(rates));
    }

    @Test
    void comparesMediansWithThePeersBestIndexAndGivesTheSpreadOfRounds() {
        Ratio ratio =
                Ratio.at(
                                .95,
                                List.of(
                                        point("ours", "a", .95, 900.0, 1_000.0, 1_300.0),
                                        point("peer", "slow", .95, 100.0, 100.0, 100.0),
                                        point("peer", "fast", .95, 450.0, 400.0, 500.0)))
                        .orElseThrow();
        assertThat(ratio.bestPeerName()).isEqualTo("peer fast");
        assertThat(ratio.ours()).isEqualTo(1_000);
        assertThat(ratio.bestPeer()).isEqualTo(450);
        assertThat(ratio.ratio()).isCloseTo(1_000 / 450.0, within(1e-9));
        assertThat(ratio.lowest()).isCloseTo(2, within(1e-9));
        assertThat(ratio.highest()).isCloseTo(2.6, within(1e-9));
    }

    @Test
    void doesNotMixTheIndexesOfAnEngine() {
        // Between .90 of one index and .99 of another there is nothing that anybody could run.
        List<Measured> points =
                List.of(
                        point("ours", "a", 1, 100.0),
                        point("peer", "x", .90, 9_000.0),
                        point("peer", "y", .99, 10.0));
        assertThat(Ratio.at(.95, points).orElseThrow().bestPeer()).isCloseTo(10, within(1e-9));
    }

    @Test
    void isEmptyWhenOneSideMissesTheRecall() {
        assertThat(
                        Ratio.at(
                                .95,
                                List.of(
                                        point("ours", "a", .94, 100.0),
                                        point("peer", "x", .99, 10.0))))
                .isEmpty();
    }

    @Test
    void takesTheMeanOfTwoMiddleRounds() {
        assertThat(Ratio.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }
}
