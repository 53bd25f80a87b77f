package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.MatchConsumer;
import dev.vitrine.kernels.exact.RowTaker;

/** Takes every row at or over a score. */
record RangeTaker(float threshold, MatchConsumer consumer) implements RowTaker {

    @Override
    public boolean accept(int ordinal, float score) {
        return consumer.accept(ordinal, score);
    }
}
