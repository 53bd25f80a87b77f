package dev.vitrine.evaluation;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * An average over queries.
 *
 * @param value the average; 0 if there is no query to average over
 * @param queries number of queries for which the measure was defined
 */
public record Mean(double value, int queries) {

    /** The average over the defined values. */
    static Mean of(Collection<OptionalDouble> values) {
        double[] defined =
                values.stream()
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .toArray();
        double sum = 0;
        for (double value : defined) {
            sum += value;
        }
        return new Mean(defined.length == 0 ? 0 : sum / defined.length, defined.length);
    }
}
