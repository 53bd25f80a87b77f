package dev.vitrine.recommender.algorithm.trending;

import java.time.Duration;

/**
 * How demand is counted.
 *
 * @param present half-life of "now"
 * @param past half-life of what the present is compared with, longer
 * @param prior expected occasions added to every item, so that the first few prove little
 * @param leastRise standard deviations over its expectation from which an item rises, from 0
 */
public record TrendingParameters(Duration present, Duration past, double prior, double leastRise) {
    /** As the service runs unless told otherwise. */
    public static final TrendingParameters DEFAULT =
            new TrendingParameters(Duration.ofDays(3), Duration.ofDays(30), 2, 1);

    public TrendingParameters {
        if (present.compareTo(past) >= 0) {
            throw new IllegalArgumentException("the present must be shorter than the past");
        }
    }
}
