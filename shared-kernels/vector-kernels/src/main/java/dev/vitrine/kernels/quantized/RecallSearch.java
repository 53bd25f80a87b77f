package dev.vitrine.kernels.quantized;

import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the plan that just reaches a recall with real searches, from plans whose recall was
 * counted. Searches find what was counted and somewhat more, so few have to be tried: regula falsi
 * where an end that stays counts half each time (Illinois).
 */
final class RecallSearch {

    private static final int TRIES = 8;

    /** A sample of queries does not tell recalls apart that differ by less. */
    private static final double CLOSE = 0.001;

    private RecallSearch() {}

    /**
     * The plan of the least counted recall that was seen to reach the target.
     *
     * @param planFor makes and tries the plan with a counted recall, 0 to 1
     * @param recall what its searches found
     * @return null if none reached it
     */
    static <P> @Nullable P find(
            double target, DoubleFunction<P> planFor, ToDoubleFunction<P> recall) {
        double low = 0;
        double missing = target;
        double high = 1;
        double spare = 1 - target;
        P best = null;
        boolean wasEnough = false;
        for (int i = 0; i < TRIES; i++) {
            double share = high - (high - low) * spare / (missing + spare);
            P plan = planFor.apply(share);
            double over = recall.applyAsDouble(plan) - target;
            boolean enough = over >= 0;
            if (enough) {
                best = plan;
                if (over < CLOSE) {
                    break;
                }
                high = share;
                spare = over;
                missing = wasEnough ? missing / 2 : missing;
            } else {
                low = share;
                missing = -over;
                spare = i == 0 || wasEnough ? spare : spare / 2;
            }
            wasEnough = enough;
        }
        return best;
    }
}
