package dev.vitrine.recommender.algorithm.sessionknn;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.Occasion;
import java.util.Arrays;
import java.util.List;

/** Indexes visits by their items. Immutable. */
public final class SessionKnnTrainer {
    private final SessionKnnParameters parameters;

    public SessionKnnTrainer(SessionKnnParameters parameters) {
        this.parameters = parameters;
    }

    /** Learns from visits, whatever their order; a visit of one item tells nothing. */
    public SessionKnnModel train(List<Occasion> visits) {
        List<Occasion> kept =
                Occasion.latest(
                        visits.stream().filter(visit -> visit.items().size() > 1).toList(),
                        parameters.visitsMax());
        ItemIndex index = ItemIndex.of(kept);
        int[][] rows =
                kept.stream()
                        .map(visit -> distinctLast(index.ordinals(visit.items())))
                        .toArray(int[][]::new);
        int[][] visitsOf = index.invert(rows);
        double[] inverseFrequency = new double[index.size()];
        for (int item = 0; item < inverseFrequency.length; item++) {
            inverseFrequency[item] =
                    Math.log1p((double) rows.length / Math.max(1, visitsOf[item].length));
            // Older ones can never be among the latest that are compared.
            int surplus = Math.max(0, visitsOf[item].length - parameters.sample());
            visitsOf[item] = Arrays.copyOfRange(visitsOf[item], surplus, visitsOf[item].length);
        }
        return new SessionKnnModel(parameters, index, rows, visitsOf, inverseFrequency);
    }

    private int[] distinctLast(int[] items) {
        int from = Math.max(0, items.length - parameters.itemsMax());
        return Arrays.stream(items, from, items.length).distinct().toArray();
    }
}
