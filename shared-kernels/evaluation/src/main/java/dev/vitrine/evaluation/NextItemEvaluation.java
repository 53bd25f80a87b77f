package dev.vitrine.evaluation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures rankings that should contain one hidden item each: the next click, the rest of a basket.
 * Add the cases one after the other, then ask. Not thread-safe.
 *
 * <p>Hit rate at k (HR, also called P@k or recall@k in this setting): share of cases whose target
 * is among the first k. MRR at k: mean of one over the target's rank, 0 beyond k.
 */
public final class NextItemEvaluation {
    /** Ranks that count. */
    public static final int DEPTH = 20;

    private static final int SHORT_DEPTH = 10;

    private final Map<String, Double> popularity;
    private final Set<String> shown = new HashSet<>();
    private int cases;
    private int hits10;
    private int hits20;
    private double reciprocals;
    private int coldCases;
    private int coldHits;
    private int recommended;
    private double shownPopularity;

    /**
     * @param trainingCounts how often each item occurs in the training data; an item without a
     *     count is cold
     */
    public NextItemEvaluation(Map<String, Integer> trainingCounts) {
        this.popularity = percentiles(trainingCounts);
    }

    /** Adds a case; ranks beyond {@link #DEPTH} do not count. */
    public void add(List<String> ranking, String target) {
        List<String> counted = ranking.subList(0, Math.min(DEPTH, ranking.size()));
        int place = counted.indexOf(target);
        boolean hit = place >= 0;
        cases++;
        hits10 += hit && place < SHORT_DEPTH ? 1 : 0;
        hits20 += hit ? 1 : 0;
        reciprocals += hit ? 1.0 / (place + 1) : 0;
        if (!popularity.containsKey(target)) {
            coldCases++;
            coldHits += hit ? 1 : 0;
        }
        for (String item : counted) {
            shown.add(item);
            recommended++;
            shownPopularity += popularity.getOrDefault(item, 0.0);
        }
    }

    public int cases() {
        return cases;
    }

    public double hr10() {
        return share(hits10, cases);
    }

    public double hr20() {
        return share(hits20, cases);
    }

    public double mrr20() {
        return share(reciprocals, cases);
    }

    /** Cases whose target does not occur in the training data. */
    public int coldCases() {
        return coldCases;
    }

    /** Hit rate at 20 over the cold cases; 0 without any. */
    public double coldHr20() {
        return share(coldHits, coldCases);
    }

    /** Share of the training data's items that were recommended at least once. */
    public double coverage() {
        return share(
                (double) shown.stream().filter(popularity::containsKey).count(), popularity.size());
    }

    /**
     * Mean popularity percentile of what was recommended, 0 (rarest items only) to 1 (the most
     * popular one only); items of the training data drawn by lot give 0.5.
     */
    public double popularityBias() {
        return share(shownPopularity, recommended);
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** Equal counts get the mean of their places, so that the order of ids does not matter. */
    private static Map<String, Double> percentiles(Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> rising =
                counts.entrySet().stream()
                        .sorted(Comparator.comparing(Map.Entry::getValue))
                        .toList();
        Map<String, Double> percentiles = HashMap.newHashMap(rising.size());
        int from = 0;
        while (from < rising.size()) {
            int to = from;
            while (to < rising.size()
                    && rising.get(to).getValue().equals(rising.get(from).getValue())) {
                to++;
            }
            double percentile =
                    rising.size() == 1 ? 1 : (from + to - 1) / 2.0 / (rising.size() - 1);
            for (int i = from; i < to; i++) {
                percentiles.put(rising.get(i).getKey(), percentile);
            }
            from = to;
        }
        return percentiles;
    }
}
