package dev.vitrine.benchmarks.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Queries per second of one index as a function of recall: the settings that no other setting beats
 * in both, joined by straight lines over the logarithm of the rate.
 */
public final class Curve {

    private final List<Point> frontier;

    /** Any points, in any order. */
    public Curve(List<Point> points) {
        List<Point> sorted =
                points.stream()
                        .sorted(
                                Comparator.comparingDouble(Point::recall)
                                        .thenComparingDouble(Point::rate)
                                        .reversed())
                        .toList();
        List<Point> best = new ArrayList<>();
        for (Point point : sorted) {
            if (best.isEmpty() || point.rate() > best.getLast().rate()) {
                best.add(point);
            }
        }
        this.frontier = List.copyOf(best);
    }

    /** The settings that are not beaten, by falling recall and rising rate. */
    public List<Point> frontier() {
        return frontier;
    }

    /**
     * The rate at exactly a recall. Nothing is extrapolated: empty when no setting reaches it, and
     * below the lowest recall the rate of the fastest setting.
     */
    public OptionalDouble rateAt(double recall) {
        for (int i = 0; i < frontier.size(); i++) {
            Point below = frontier.get(i);
            if (below.recall() < recall) {
                if (i == 0) {
                    return OptionalDouble.empty();
                }
                Point above = frontier.get(i - 1);
                double share = (above.recall() - recall) / (above.recall() - below.recall());
                return OptionalDouble.of(
                        Math.exp(
                                (1 - share) * Math.log(above.rate())
                                        + share * Math.log(below.rate())));
            }
        }
        return frontier.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(frontier.getLast().rate());
    }

    /**
     * What one setting reached.
     *
     * @param recall 0 to 1
     * @param rate queries a second, over 0
     */
    public record Point(double recall, double rate) {}
}
