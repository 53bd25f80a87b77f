package dev.vitrine.recommender.algorithm.trending;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Compares each item's demand now with its own past. Immutable. */
public final class TrendingTrainer {
    /*
     * Two decayed counts for each item, f with the short half-life and s with the long one, both up
     * to the newest occasion. Were the item's share of all demand what it was, f would be
     * e = s * F / S (F, S: the sums over all items), so a busy day makes nothing trend. Its score is
     *
     *     (f - e) / sqrt(e + prior)
     *
     * about the standard deviations by which a Poisson count is over its expectation.
     */
    private final TrendingParameters parameters;

    public TrendingTrainer(TrendingParameters parameters) {
        this.parameters = parameters;
    }

    /** Learns from occasions, whatever their order; an item counts once in each. */
    public TrendingModel train(List<Occasion> occasions) {
        List<Occasion> sorted = Occasion.latest(occasions, occasions.size());
        ItemIndex index = ItemIndex.of(sorted);
        double[] present = new double[index.size()];
        double[] past = new double[index.size()];
        int[] counts = new int[index.size()];
        Instant newest = sorted.isEmpty() ? Instant.EPOCH : sorted.getLast().time();
        for (Occasion occasion : sorted) {
            double age = Duration.between(occasion.time(), newest).toMillis();
            double now = Math.pow(0.5, age / parameters.present().toMillis());
            double then = Math.pow(0.5, age / parameters.past().toMillis());
            for (int item : Arrays.stream(index.ordinals(occasion.items())).distinct().toArray()) {
                present[item] += now;
                past[item] += then;
                counts[item]++;
            }
        }
        double ratio = Arrays.stream(present).sum() / Math.max(1e-300, Arrays.stream(past).sum());
        double[] rises = new double[index.size()];
        double[] lifts = new double[index.size()];
        for (int item = 0; item < rises.length; item++) {
            double expected = past[item] * ratio;
            double rise = (present[item] - expected) / Math.sqrt(expected + parameters.prior());
            rises[item] = rise < parameters.leastRise() ? 0 : rise;
            lifts[item] = present[item] / expected;
        }
        return new TrendingModel(index, rises, lifts, past, counts);
    }
}
