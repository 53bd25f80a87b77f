package dev.vitrine.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One part of a cross-validation: learn on some queries, measure on the others. All judgements of a
 * query are on one side.
 *
 * @param train queries to learn from
 * @param test queries to measure on
 */
public record Fold(Set<String> train, Set<String> test) {

    /** Copies both sets. */
    public Fold {
        train = Set.copyOf(train);
        test = Set.copyOf(test);
    }

    /**
     * Splits queries into folds whose test sets are disjoint, cover all queries and differ by at
     * most one in size. The same queries, number and seed give the same folds, whatever the order.
     *
     * @param folds 2 to the number of queries
     */
    public static List<Fold> split(Collection<String> queries, int folds, long seed) {
        List<String> shuffled = new ArrayList<>(new TreeSet<>(queries));
        if (folds < 2 || folds > shuffled.size()) {
            throw new IllegalArgumentException(
                    "folds must be 2 to the number of queries ("
                            + shuffled.size()
                            + "), but are "
                            + folds);
        }
        // Fisher-Yates written out: the algorithm of Collections.shuffle is not specified.
        Random random = new Random(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            String query = shuffled.set(i, shuffled.get(other));
            shuffled.set(other, query);
        }
        List<Fold> result = new ArrayList<>(folds);
        for (int fold = 0; fold < folds; fold++) {
            Set<String> train = new LinkedHashSet<>();
            Set<String> test = new LinkedHashSet<>();
            for (int i = 0; i < shuffled.size(); i++) {
                (i % folds == fold ? test : train).add(shuffled.get(i));
            }
            result.add(new Fold(train, test));
        }
        return List.copyOf(result);
    }
}
