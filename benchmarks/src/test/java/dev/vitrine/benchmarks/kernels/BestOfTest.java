package dev.vitrine.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BestOfTest {

    private static KernelGroup group(double first, double second) {
        return new KernelGroup(
                "sum",
                "L1",
                4,
                16,
                List.of(
                        new RowKernel("ours", "a", () -> first),
                        new RowKernel("peer", "b", () -> second)));
    }

    @Test
    void timesEveryKernel() {
        assertThat(BestOf.measure(group(10, 10), 2, 1_000)).hasSize(2).allMatch(nanos -> nanos > 0);
    }

    @Test
    void refusesKernelsThatComputeSomethingElse() {
        assertThatIllegalStateException().isThrownBy(() -> BestOf.measure(group(10, 11), 1, 1));
    }
}
