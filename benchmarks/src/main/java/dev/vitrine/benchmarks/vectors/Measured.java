package dev.vitrine.benchmarks.vectors;

import java.util.List;

/**
 * One setting of one index under one filter.
 *
 * @param threads searching at the same time
 * @param recall10 mean over the queries
 * @param recall100 the same for the best 100; -1 where the setting looks at fewer candidates
 * @param rates queries a second, one a round
 */
public record Measured(
        String engine,
        String variant,
        String setting,
        int threads,
        double filterShare,
        double recall10,
        double recall100,
        List<Double> rates) {

    public Measured {
        rates = List.copyOf(rates);
    }

    /** The middle round. */
    double medianRate() {
        return Ratio.median(rates);
    }
}
