package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import java.util.Arrays;
import java.util.List;

/** Tells which of two plans searches take less time with. One thread. */
final class PlanTimer {

    /** Queries whose searches are timed. */
    private static final int TIMED = 64;

    /** Times that each is searched for in turns, at least and at most; the least counts. */
    private static final int TIMINGS_MIN = 3;

    private static final int TIMINGS_MAX = 16;

    /** Code that is being compiled gets faster than this from one round to the next. */
    private static final double SETTLED = 0.95;

    private final QuantizedSearch view;
    private final List<PlanFinder.Probe> probes;

    PlanTimer(QuantizedSearch view, List<PlanFinder.Probe> sample) {
        this.view = view;
        this.probes = sample.subList(0, Math.min(TIMED, sample.size()));
    }

    /** Whether searches with a plan take less time than with another. */
    boolean isFaster(SearchPlan plan, SearchPlan other) {
        long[] least = new long[probes.size()];
        long[] leastOfOther = new long[probes.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        Arrays.fill(leastOfOther, Long.MAX_VALUE);
        double before = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TIMINGS_MAX; i++) {
            time(plan, least);
            time(other, leastOfOther);
            double now = (double) sum(least) + sum(leastOfOther);
            if (i >= TIMINGS_MIN - 1 && now > SETTLED * before) {
                break;
            }
            before = now;
        }
        return sum(least) < sum(leastOfOther);
    }

    /** Keeps the least time of each search, as others may want the processor meanwhile. */
    private void time(SearchPlan plan, long[] least) {
        for (int i = 0; i < least.length; i++) {
            long begun = System.nanoTime();
            view.staged(probes.get(i).query(), SearchPlan.K, plan, RowFilter.ALL);
            least[i] = Math.min(least[i], System.nanoTime() - begun);
        }
    }

    private static long sum(long[] nanos) {
        return Arrays.stream(nanos).sum();
    }
}
