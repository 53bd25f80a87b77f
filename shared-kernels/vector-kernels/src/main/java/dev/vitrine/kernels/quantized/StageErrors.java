package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;

/**
 * How far under the k-th best score the estimates from signs of one query lie, in units of the
 * query's length: of its true neighbours one by one, of all rows counted.
 */
final class StageErrors {

    /** Margins are counted in steps of this. */
    private static final double STEP = 0.004;

    private static final int STEPS = 500;

    /** The first step: rows that are so much better than the k-th best score. */
    private static final double FIRST = -0.4;

    private final PlanFinder.Need[] needs;
    private final int[] rows = new int[STEPS];

    private StageErrors(int neighbors) {
        this.needs = new PlanFinder.Need[neighbors];
    }

    static StageErrors of(PlanFinder.Probe probe, SignView signs) {
        SignQuery query = signs.encoder().query(probe.query());
        StageErrors errors = new StageErrors(probe.neighbors().length);
        long[] distances = new long[SignBlock.ROWS];
        for (int p = 0; p < signs.pages().pageCount(); p++) {
            SignBlock page = signs.pages().page(p);
            if (page == null) {
                continue;
            }
            CodeMath.distances(query.signs(), query.large(), page, distances);
            for (long rest = signs.pages().presenceWord(p); rest != 0; rest &= rest - 1) {
                int slot = Long.numberOfTrailingZeros(rest);
                int ordinal = (p << PagedRows.PAGE_SHIFT) + slot;
                errors.add(ordinal, probe, query.length(), query.estimate(distances[slot]));
            }
        }
        for (int i = 1; i < STEPS; i++) {
            errors.rows[i] += errors.rows[i - 1];
        }
        return errors;
    }

    PlanFinder.Need[] needs() {
        return needs;
    }

    /** Number of rows inside a margin. */
    int rows(double margin) {
        return rows[step(margin)];
    }

    private void add(int ordinal, PlanFinder.Probe probe, float length, float estimate) {
        // A query of no length has the same score everywhere.
        double unit = length > 0 ? length : 1;
        double margin = (probe.kthScore() - estimate) / unit;
        rows[step(margin)]++;
        for (int n = 0; n < needs.length; n++) {
            if (probe.neighbors()[n] == ordinal) {
                needs[n] = new PlanFinder.Need(margin, (probe.scores()[n] - estimate) / unit);
            }
        }
    }

    private static int step(double margin) {
        return (int) Math.clamp(Math.ceil((margin - FIRST) / STEP), 0, STEPS - 1);
    }
}
