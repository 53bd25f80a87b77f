package dev.vitrine.recommender.algorithm.boughttogether;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts which items share baskets. Immutable. */
public final class BoughtTogetherTrainer {
    /*
     * A basket of age t counts w = 2^(-t / half-life), t from the newest basket on, so that a shop
     * that sends its past learns the same as it did then. With c the weighted number of baskets of
     * both items and n those of each, a pair's weight is
     *
     *     (c / (sqrt(n_a n_b) + shrinkage)) ^ sharpness
     *
     * if the pair is over expectation (lift > 1) and its G statistic, from plain counts, over the
     * level. One item's row at a time is counted in a dense array over its baskets: memory is one
     * number for each item, time the sum over baskets of their size squared, hence itemsMax.
     */
    private final BoughtTogetherParameters parameters;

    public BoughtTogetherTrainer(BoughtTogetherParameters parameters) {
        this.parameters = parameters;
    }

    /** Learns from baskets, whatever their order. */
    public BoughtTogetherModel train(List<Occasion> baskets) {
        List<Occasion> counted = Occasion.latest(baskets, parameters.basketsMax());
        ItemIndex index = ItemIndex.of(counted);
        int[][] rows =
                counted.stream()
                        .map(basket ->
                                Arrays.stream(index.ordinals(basket.items()))
                                        .distinct()
                                        .limit(parameters.itemsMax())
                                        .toArray())
                        .toArray(int[][]::new);
        double[] weights = weights(counted);
        int[][] rowsOf = index.invert(rows);
        double[] weightOf = new double[index.size()];
        for (int item = 0; item < weightOf.length; item++) {
            for (int row : rowsOf[item]) {
                weightOf[item] += weights[row];
            }
        }
        Counting counting = new Counting(rows, rowsOf, weights, weightOf);
        Neighbours[] neighbours = new Neighbours[index.size()];
        for (int item = 0; item < neighbours.length; item++) {
            neighbours[item] = counting.neighbours(item);
        }
        return new BoughtTogetherModel(index, neighbours);
    }

    private double[] weights(List<Occasion> baskets) {
        double[] weights = new double[baskets.size()];
        Instant newest = baskets.isEmpty() ? Instant.EPOCH : baskets.getLast().time();
        for (int row = 0; row < weights.length; row++) {
            double age = Duration.between(baskets.get(row).time(), newest).toMillis();
            weights[row] = Math.pow(0.5, age / parameters.halfLife().toMillis());
        }
        return weights;
    }

    /** The counting of one training; not thread-safe. */
    private final class Counting {
        private final int[][] rows;
        private final int[][] rowsOf;
        private final double[] weights;
        private final double[] weightOf;
        private final double[] shared;
        private final int[] support;
        private final int[] touched;

        Counting(int[][] rows, int[][] rowsOf, double[] weights, double[] weightOf) {
            this.rows = rows;
            this.rowsOf = rowsOf;
            this.weights = weights;
            this.weightOf = weightOf;
            this.shared = new double[rowsOf.length];
            this.support = new int[rowsOf.length];
            this.touched = new int[rowsOf.length];
        }

        Neighbours neighbours(int item) {
            int count = count(item);
            double[] pairWeights = new double[count];
            for (int i = 0; i < count; i++) {
                pairWeights[i] = weight(item, touched[i]);
            }
            int[] best =
                    IntStream.range(0, count)
                            .filter(i -> pairWeights[i] > 0)
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble((Integer i) -> -pairWeights[i])
                                            .thenComparingInt(i -> touched[i]))
                            .limit(parameters.neighboursMax())
                            .mapToInt(i -> i)
                            .toArray();
            Neighbours kept = new Neighbours(best.length);
            for (int i = 0; i < best.length; i++) {
                int other = touched[best[i]];
                kept.set(
                        i,
                        other,
                        pairWeights[best[i]],
                        support[other],
                        support[other]
                                / ((double) rowsOf[item].length
                                        * rowsOf[other].length
                                        / rows.length));
            }
            for (int i = 0; i < count; i++) {
                shared[touched[i]] = 0;
                support[touched[i]] = 0;
            }
            return kept;
        }

        private int count(int item) {
            int count = 0;
            for (int row : rowsOf[item]) {
                for (int other : rows[row]) {
                    if (other == item) {
                        continue;
                    }
                    if (support[other]++ == 0) {
                        touched[count++] = other;
                    }
                    shared[other] += weights[row];
                }
            }
            return count;
        }

        private double weight(int item, int other) {
            long both = support[other];
            long some = rowsOf[item].length;
            long others = rowsOf[other].length;
            boolean proved =
                    both * rows.length > some * others
                            && Significance.g(both, some, others, rows.length)
                                    >= parameters.significance();
            if (!proved && parameters.significance() > 0) {
                return 0;
            }
            double cosine =
                    shared[other]
                            / (Math.sqrt(weightOf[item] * weightOf[other])
                                    + parameters.shrinkage());
            return Math.pow(cosine, parameters.sharpness());
        }
    }
}
