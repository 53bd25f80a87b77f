package dev.vitrine.standalone.evaluation;

import dev.vitrine.evaluation.NextItemEvaluation;
import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.Recommended;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Trains models on the same occasions and asks them the same cases. The best is chosen on a part of
 * the training data that a second training does not see; the test cases decide nothing.
 */
final class NextItemComparison {
    /**
     * What is learned from and what is asked.
     *
     * @param train occasions to learn from
     * @param cases what is asked then
     */
    record Split(List<Occasion> train, List<NextItemCase> cases) {}

    private static final double MEGABYTE = 1 << 20;

    private final Map<String, Function<List<Occasion>, ItemRanker>> trainers;
    private final boolean contextMayReturn;

    /**
     * @param contextMayReturn whether an item of the context may be the answer, as in sessions
     */
    NextItemComparison(
            Map<String, Function<List<Occasion>, ItemRanker>> trainers, boolean contextMayReturn) {
        this.trainers = trainers;
        this.contextMayReturn = contextMayReturn;
    }

    /** Measures every model, in the order given. */
    Map<String, NextItemResult> run(Split validation, Split test) {
        Map<String, NextItemResult> results = new LinkedHashMap<>();
        trainers.forEach((name, trainer) -> {
            double validated = ask(trainer.apply(validation.train()), validation).hr20();
            resetPeaks();
            long start = System.nanoTime();
            ItemRanker model = trainer.apply(test.train());
            long trained = System.nanoTime();
            NextItemEvaluation quality = ask(model, test);
            long asked = System.nanoTime();
            results.put(
                    name,
                    new NextItemResult(
                            quality,
                            validated,
                            (trained - start) / 1e9,
                            peakMegabytes(),
                            (asked - trained) / 1e6 / Math.max(1, test.cases().size())));
        });
        return results;
    }

    /** The model that was best on the validation part. */
    static String best(Map<String, NextItemResult> results) {
        return results.entrySet().stream()
                .max(Comparator.comparingDouble(each -> each.getValue().validation()))
                .orElseThrow()
                .getKey();
    }

    private NextItemEvaluation ask(ItemRanker model, Split split) {
        NextItemEvaluation evaluation = new NextItemEvaluation(counts(split.train()));
        for (NextItemCase question : split.cases()) {
            Set<String> context = Set.copyOf(question.context());
            Predicate<String> wanted = contextMayReturn ? id -> true : id -> !context.contains(id);
            List<String> ranking =
                    model.rank(question.context(), NextItemEvaluation.DEPTH, wanted).stream()
                            .map(Recommended::id)
                            .toList();
            evaluation.add(ranking, question.target());
        }
        return evaluation;
    }

    private static Map<String, Integer> counts(List<Occasion> occasions) {
        Map<String, Integer> counts = new HashMap<>();
        occasions.forEach(
                occasion -> occasion.items().forEach(item -> counts.merge(item, 1, Integer::sum)));
        return counts;
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static void resetPeaks() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double peakMegabytes() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEGABYTE;
    }
}
