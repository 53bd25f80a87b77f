package dev.vitrine.kernels.exact;

import dev.vitrine.kernels.engine.MatchConsumer;

/** Takes rows that score enough, in any order. */
public interface RowTaker extends MatchConsumer {

    /** Rows under this score need not be handed over; it may rise. */
    float threshold();
}
