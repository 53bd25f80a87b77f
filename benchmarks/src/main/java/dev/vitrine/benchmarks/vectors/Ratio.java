package dev.vitrine.benchmarks.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ours beside the best peer at one recall.
 *
 * @param ours median over the rounds, queries a second
 * @param bestPeer the same of the peer's index that is fastest by its median
 * @param bestPeerName engine and variant of it
 * @param ratio of the two medians
 * @param lowest ratio within one round
 * @param highest ratio within one round
 */
public record Ratio(
        double ours,
        double bestPeer,
        String bestPeerName,
        double ratio,
        double lowest,
        double highest) {

    private static final String OURS = "ours";

    /**
     * Compares the points of one thread count and one filter.
     *
     * @return empty when ours or all peers miss the recall
     */
    public static Optional<Ratio> at(double recall, List<Measured> points) {
        List<Double> ours = List.of();
        List<Double> peer = List.of();
        String name = "";
        for (Map.Entry<String, List<Measured>> index : byIndex(points).entrySet()) {
            List<Double> rates = ratesAt(recall, index.getValue());
            if (rates.isEmpty()) {
                continue;
            }
            if (index.getValue().getFirst().engine().equals(OURS)) {
                ours = ours.isEmpty() || median(rates) > median(ours) ? rates : ours;
            } else if (peer.isEmpty() || median(rates) > median(peer)) {
                peer = rates;
                name = index.getKey();
            }
        }
        if (ours.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (int round = 0; round < Math.min(ours.size(), peer.size()); round++) {
            double ratio = ours.get(round) / peer.get(round);
            lowest = Math.min(lowest, ratio);
            highest = Math.max(highest, ratio);
        }
        return Optional.of(
                new Ratio(
                        median(ours),
                        median(peer),
                        name,
                        median(ours) / median(peer),
                        lowest,
                        highest));
    }

    /** The points of each index, by engine and variant. */
    static Map<String, List<Measured>> byIndex(List<Measured> points) {
        Map<String, List<Measured>> indexes = new LinkedHashMap<>();
        for (Measured point : points) {
            indexes.computeIfAbsent(
                            point.engine() + ' ' + point.variant(), absent -> new ArrayList<>())
                    .add(point);
        }
        return indexes;
    }

    /** The rate at a recall in each round; empty when the index misses it. */
    static List<Double> ratesAt(double recall, List<Measured> index) {
        List<Double> rates = new ArrayList<>();
        int rounds = index.stream().mapToInt(point -> point.rates().size()).min().orElse(0);
        for (int round = 0; round < rounds; round++) {
            int at = round;
            OptionalDouble rate =
                    new Curve(
                                    index.stream()
                                            .map(point ->
                                                    new Curve.Point(
                                                            point.recall10(),
                                                            point.rates().get(at)))
                                            .toList())
                            .rateAt(recall);
            if (rate.isEmpty()) {
                return List.of();
            }
            rates.add(rate.getAsDouble());
        }
        return rates;
    }

    /** The middle value, or the mean of the two middle ones. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
