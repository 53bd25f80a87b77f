package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import java.util.Arrays;

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

    private final PlanFinder.Probe probe;
    private final PlanFinder.Need[] needs;
    private final int[] rows = new int[STEPS];

    private StageErrors(PlanFinder.Probe probe) {
        this.probe = probe;
        this.needs = new PlanFinder.Need[probe.neighbors().length];
    }

    static StageErrors of(PlanFinder.Probe probe, SignView signs) {
        SignQuery query = signs.encoder().query(probe.query());
        StageErrors errors = new StageErrors(probe);
        long[] distances = new long[SignBlock.ROWS];
        int[] rowsAt = new int[signs.encoder().distanceMax() + 1];
        for (int p = 0; p < signs.pages().pageCount(); p++) {
            SignBlock page = signs.pages().page(p);
            if (page == null) {
                continue;
            }
            long present = signs.pages().presenceWord(p);
            CodeMath.distances(query.signs(), query.large(), page, distances);
            for (long rest = present; rest != 0; rest &= rest - 1) {
                rowsAt[(int) distances[Long.numberOfTrailingZeros(rest)]]++;
            }
            for (int n = 0; n < errors.needs.length; n++) {
                int ordinal = probe.neighbors()[n];
                if (ordinal >> PagedRows.PAGE_SHIFT == p) {
                    int slot = ordinal & PagedRows.SLOT_MASK;
                    errors.need(n, query.length(), query.estimate(distances[slot]));
                }
            }
        }
        errors.count(query, rowsAt);
        return errors;
    }

    PlanFinder.Need[] needs() {
        return needs;
    }

    /** Number of rows inside a margin. */
    int rows(double margin) {
        return rows[step(margin)];
    }

    /**
     * @param rowsAt number of rows at each distance
     */
    private void count(SignQuery query, int[] rowsAt) {
        for (int d = 0; d < rowsAt.length; d++) {
            double margin = (probe.kthScore() - query.estimate(d)) / unit(query.length());
            rows[step(margin)] += rowsAt[d];
        }
        Arrays.parallelPrefix(rows, Integer::sum);
    }

    private void need(int neighbor, float length, float estimate) {
        double unit = unit(length);
        needs[neighbor] =
                new PlanFinder.Need(
                        (probe.kthScore() - estimate) / unit,
                        (probe.scores()[neighbor] - estimate) / unit);
    }

    /** A query of no length has the same score everywhere. */
    private static double unit(float length) {
        return length > 0 ? length : 1;
    }

    private static int step(double margin) {
        return (int) Math.clamp(Math.ceil((margin - FIRST) / STEP), 0, STEPS - 1);
    }
}
