package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.BestRows;

/** Takes the best k rows; its threshold rises as better ones come. */
final class BestTaker implements ByteScan.Taker {

    private final BestRows best;

    BestTaker(int k) {
        this.best = new BestRows(k);
    }

    @Override
    public float threshold() {
        return best.threshold();
    }

    @Override
    public boolean accept(int ordinal, float score) {
        return best.accept(ordinal, score);
    }

    RowMatches toMatches() {
        return best.toMatches();
    }
}
