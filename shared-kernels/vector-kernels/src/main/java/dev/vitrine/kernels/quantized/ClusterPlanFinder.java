package dev.vitrine.kernels.quantized;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the margins that reach a recall with the least work: what is lost with clusters that are
 * not read and what is lost with rows that are not looked at add up to what may be lost, and the
 * way in which these share it is the one that reads least. Real searches then check what was
 * counted.
 */
final class ClusterPlanFinder {

    /** Shares of the loss that may go to clusters; the rest is shared by the other margins. */
    private static final double[] SHARES = {0.2, 0.35, 0.5, 0.65, 0.8};

    /** Work of a row inside the margin of signs, in sign codes that are read in passing. */
    private static final double NEAR_COST = 30;

    /** From this share of the clusters on, all rows are read. */
    private static final double MOST = 0.5;

    private static final int BISECTIONS = 8;

    private final List<ClusterErrors> errors;
    private final List<Margins> needs;
    private final int clusterCount;
    private final double target;

    /**
     * Prepares a search for a plan.
     *
     * @param errors of a sample of queries, with at least one neighbour
     */
    ClusterPlanFinder(List<ClusterErrors> errors, int clusterCount, double target) {
        this.errors = errors;
        this.needs = errors.stream().flatMap(query -> Arrays.stream(query.needs())).toList();
        this.clusterCount = clusterCount;
        this.target = target;
    }

    /**
     * The plan with the narrowest margins that reaches the target.
     *
     * @param recall of searches with a plan
     * @return null if reading all rows is less work, or the only way to find enough
     */
    @Nullable ClusterPlan find(ToDoubleFunction<ClusterPlan> recall) {
        ClusterPlan best = null;
        // Searches find a little more than counted, because their floor is lower at first.
        double tooLossy = Math.min(1, 4 * (1 - target));
        double loss = 1 - target;
        double enough = 0;
        for (int i = 0; i < BISECTIONS; i++) {
            ClusterPlan plan = cheapest(loss);
            double found = recall.applyAsDouble(plan);
            if (found >= target) {
                enough = loss;
                best = plan.withRecall(found);
            } else {
                tooLossy = loss;
            }
            loss = (enough + tooLossy) / 2;
        }
        return best == null || best.share() > MOST ? null : best;
    }

    /** The plan of the least work with which a share of the neighbours is lost. */
    private ClusterPlan cheapest(double loss) {
        ClusterPlan cheapest = null;
        double least = Double.POSITIVE_INFINITY;
        for (double share : SHARES) {
            Margins margins = quantiles(loss * share, loss * (1 - share) / 2);
            double read = average(query -> query.clusters(margins.reach()));
            double near = average(query -> query.rows(margins.signs()));
            double work = 64 * read + NEAR_COST * near;
            if (cheapest == null || work < least) {
                least = work;
                cheapest = new ClusterPlan(margins, read / clusterCount, 0);
            }
        }
        return Objects.requireNonNull(cheapest);
    }

    private double average(ToDoubleFunction<ClusterErrors> count) {
        return errors.stream().mapToDouble(count).average().orElse(0);
    }

    /** Margins that each are wide enough for all but a share of the neighbours. */
    private Margins quantiles(double clusterLoss, double rowLoss) {
        return new Margins(
                quantile(Margins::reach, clusterLoss),
                quantile(Margins::signs, rowLoss),
                quantile(Margins::planes, rowLoss));
    }

    private double quantile(ToDoubleFunction<Margins> need, double loss) {
        double[] sorted = needs.stream().mapToDouble(need).sorted().toArray();
        return sorted[(int) Math.ceil((1 - loss) * (sorted.length - 1))];
    }
}
