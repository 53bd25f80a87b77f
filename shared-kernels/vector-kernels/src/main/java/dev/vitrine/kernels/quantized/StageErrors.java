package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * How far under the k-th best score the estimates of one query lie, in units of the query's length:
 * of its true neighbours one by one, of all rows counted.
 */
final class StageErrors {

    /** Margins are counted in steps of this. */
    static final double STEP = 0.004;

    static final int STEPS = 400;

    private final PlanFinder.Need[] needs;
    private final int[] rowsByDistance = new int[STEPS];
    private final int[] rowsByEstimate = new int[STEPS];

    private StageErrors(int neighbors) {
        this.needs = new PlanFinder.Need[neighbors];
    }

    static StageErrors of(PlanFinder.Probe probe, SignView signs) {
        SignQuery query = signs.encoder().query(probe.query());
        StageErrors errors = new StageErrors(probe.neighbors().length);
        long[] distances = new long[SignBlock.ROWS];
        long[] sums = new long[SignBlock.ROWS];
        for (int p = 0; p < signs.pages().pageCount(); p++) {
            SignPage page = signs.pages().page(p);
            long present = signs.pages().presenceWord(p);
            if (page == null) {
                continue;
            }
            CodeMath.distances(query.signs(), query.large(), page.codes(), distances);
            CodeMath.planeSums(query.planes(), page.codes(), present, sums);
            for (long rest = present; rest != 0; rest &= rest - 1) {
                int slot = Long.numberOfTrailingZeros(rest);
                errors.add(
                        (p << PagedRows.PAGE_SHIFT) + slot,
                        probe,
                        query.length(),
                        query.estimate(distances[slot]),
                        query.estimate(page.factors()[slot], sums[slot]));
            }
        }
        cumulate(errors.rowsByDistance);
        cumulate(errors.rowsByEstimate);
        return errors;
    }

    int neighbors() {
        return needs.length;
    }

    PlanFinder.Need need(int neighbor) {
        return needs[neighbor];
    }

    int rowsByDistance(double margin) {
        return rowsByDistance[step(margin)];
    }

    int rowsByEstimate(double margin) {
        return rowsByEstimate[step(margin)];
    }

    private void add(
            int ordinal, PlanFinder.Probe probe, float length, float byDistance, float byEstimate) {
        // A query of no length has the same score everywhere.
        double unit = length > 0 ? length : 1;
        double distanceMargin = (probe.kthScore() - byDistance) / unit;
        double estimateMargin = (probe.kthScore() - byEstimate) / unit;
        rowsByDistance[step(distanceMargin)]++;
        rowsByEstimate[step(estimateMargin)]++;
        for (int n = 0; n < needs.length; n++) {
            if (probe.neighbors()[n] == ordinal) {
                float score = probe.scores()[n];
                needs[n] =
                        new PlanFinder.Need(
                                distanceMargin,
                                estimateMargin,
                                (score - byDistance) / unit,
                                (score - byEstimate) / unit);
            }
        }
    }

    private static int step(double margin) {
        return (int) Math.clamp(Math.ceil(margin / STEP), 0, STEPS - 1);
    }

    private static void cumulate(int[] counts) {
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
    }
}
