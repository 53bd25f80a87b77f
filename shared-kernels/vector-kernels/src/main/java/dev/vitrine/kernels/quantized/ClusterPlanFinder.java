package dev.vitrine.kernels.quantized;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

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

    private final List<ClusterErrors> errors;
    private final List<Margins> needs;

    /** Of the worse half of each query's neighbours. */
    private final List<Margins> needsAtTheFloor;

    private final int clusterCount;

    /**
     * Prepares a search for a plan.
     *
     * @param errors of a sample of queries, with at least one neighbour
     */
    ClusterPlanFinder(List<ClusterErrors> errors, int clusterCount) {
        this.errors = errors;
        this.needs = errors.stream().flatMap(query -> Arrays.stream(query.needs())).toList();
        this.needsAtTheFloor =
                errors.stream()
                        .map(ClusterErrors::needs)
                        .flatMap(all -> Arrays.stream(all, all.length / 2, all.length))
                        .toList();
        this.clusterCount = clusterCount;
    }

    /**
     * The plan of the least work that finds a share of the neighbours, as counted.
     *
     * @param share 0 to 1
     */
    ClusterPlan cheapest(double share) {
        double loss = 1 - share;
        ClusterPlan cheapest = null;
        double least = Double.POSITIVE_INFINITY;
        for (double ofClusters : SHARES) {
            Margins margins = quantiles(needs, loss, ofClusters);
            double read = average(query -> query.clusters(margins.reach()));
            double near = average(query -> query.rows(margins.signs()));
            double work = 64 * read + NEAR_COST * near;
            if (cheapest == null || work < least) {
                least = work;
                Margins filtered = quantiles(needsAtTheFloor, loss, ofClusters);
                cheapest = new ClusterPlan(margins, filtered, read / clusterCount);
            }
        }
        return Objects.requireNonNull(cheapest);
    }

    private double average(ToDoubleFunction<ClusterErrors> count) {
        return errors.stream().mapToDouble(count).average().orElse(0);
    }

    /** Margins with which a share of the neighbours is lost, a part of it with clusters. */
    private static Margins quantiles(List<Margins> needs, double loss, double ofClusters) {
        double ofRows = loss * (1 - ofClusters) / 2;
        return new Margins(
                quantile(needs, Margins::reach, loss * ofClusters),
                quantile(needs, Margins::signs, ofRows),
                quantile(needs, Margins::planes, ofRows));
    }

    private static double quantile(
            List<Margins> needs, ToDoubleFunction<Margins> need, double loss) {
        double[] sorted = needs.stream().mapToDouble(need).sorted().toArray();
        return sorted[(int) Math.ceil((1 - loss) * (sorted.length - 1))];
    }
}
