package dev.vitrine.standalone.evaluation;

import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherTrainer;
import dev.vitrine.recommender.algorithm.trending.TrendingParameters;
import dev.vitrine.recommender.algorithm.trending.TrendingTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Completes baskets: one item of each later basket is hidden, the others are given. */
public final class BasketEvaluation {
    private static final Duration VALIDATION = Duration.ofDays(30);

    private static final BoughtTogetherParameters ITEM_KNN =
            new BoughtTogetherParameters(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Duration.ofDays(100_000),
                    10,
                    1,
                    0);

    private BasketEvaluation() {}

    /**
     * Learns from the baskets before a day and asks about those from then on; validation does the
     * same with the last 30 days before it.
     *
     * @throws IOException when the file cannot be read
     */
    public static Map<String, NextItemResult> run(Path file, LocalDate day) throws IOException {
        List<Occasion> baskets = RetailBaskets.read(file);
        Instant split = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant validation = split.minus(VALIDATION);
        return new NextItemComparison(trainers(), false)
                .run(
                        split(between(baskets, Instant.MIN, split), validation),
                        split(baskets, split));
    }

    /** The model that was best on the validation part. */
    public static String best(Map<String, NextItemResult> results) {
        return NextItemComparison.best(results);
    }

    private static Map<String, Function<List<Occasion>, ItemRanker>> trainers() {
        Map<String, Function<List<Occasion>, ItemRanker>> trainers = new LinkedHashMap<>();
        trainers.put(
                "bought-together",
                new BoughtTogetherTrainer(BoughtTogetherParameters.DEFAULT)::train);
        trainers.put("item-knn", new BoughtTogetherTrainer(ITEM_KNN)::train);
        trainers.put(
                "popular",
                baskets -> {
                    var model = new TrendingTrainer(TrendingParameters.DEFAULT).train(baskets);
                    return (context, limit, wanted) -> model.popular(limit, wanted);
                });
        return trainers;
    }

    private static NextItemComparison.Split split(List<Occasion> baskets, Instant at) {
        return new NextItemComparison.Split(
                between(baskets, Instant.MIN, at),
                between(baskets, at, Instant.MAX).stream()
                        .filter(basket -> basket.items().size() > 1)
                        .map(RetailBaskets::hideOne)
                        .toList());
    }

    private static List<Occasion> between(List<Occasion> baskets, Instant from, Instant to) {
        return baskets.stream()
                .filter(basket -> !basket.time().isBefore(from) && basket.time().isBefore(to))
                .toList();
    }
}
