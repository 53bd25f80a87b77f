package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSubsetTest {

    @Test
    void letsTheAskedShareThrough() {
        RowSubset subset = RowSubset.of(1_000, .1);
        assertThat(IntStream.range(0, 1_000).filter(subset::contains).count()).isEqualTo(100);
        assertThat(subset.count()).isEqualTo(100);
    }

    @Test
    void isAlwaysTheSame() {
        assertThat(RowSubset.of(500, .5).words()).isEqualTo(RowSubset.of(500, .5).words());
    }

    @Test
    void letsAtLeastOneRowThrough() {
        assertThat(RowSubset.of(70, .001).count()).isEqualTo(1);
    }

    @Test
    void letsAllThroughWithoutAFilter() {
        assertThat(RowSubset.all(70).contains(69)).isTrue();
    }
}
