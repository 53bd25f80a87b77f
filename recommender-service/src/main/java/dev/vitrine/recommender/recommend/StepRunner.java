package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.recommendation.Recommendations.Item;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.recommender.algorithm.Recommended;
import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.catalog.CatalogProduct;
import dev.vitrine.recommender.training.CatalogModels;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Carries out single steps for one request. */
final class StepRunner {
    /** Items of the context whose likes are looked for, from the last back. */
    private static final int COMPARED_ITEMS = 3;

    /** Most wanted products looked at for one of a category. */
    private static final int CATEGORY_CANDIDATES = 500;

    private final CatalogModels models;
    private final SimilarSearch search;
    private final Shelf shelf;
    private final List<String> context;
    private final Deadline deadline;

    StepRunner(
            CatalogModels models,
            SimilarSearch search,
            Shelf shelf,
            List<String> context,
            Deadline deadline) {
        this.models = models;
        this.search = search;
        this.shelf = shelf;
        this.context = context;
        this.deadline = deadline;
    }

    /** At most {@code limit} items that can be offered and are wanted. */
    List<Item> run(Step step, int limit, Predicate<String> wanted) {
        // Models ask on until enough are offered, maybe for all that they know.
        Predicate<String> offered =
                id -> !deadline.expired() && wanted.test(id) && shelf.offers(id);
        return switch (step) {
            case BOUGHT_TOGETHER ->
                    items(
                            step,
                            models.boughtTogether().rank(context, limit, offered),
                            this::together);
            case SESSION_NEIGHBOURS ->
                    items(step, models.next().rank(context, limit, offered), this::followed);
            case SIMILAR -> similar(limit, wanted);
            case TRENDING ->
                    items(step, models.trending().rising(limit, offered), StepRunner::rising);
            case TRENDING_IN_CATEGORY ->
                    inCategory(step, models.trending()::rising, limit, offered);
            case POPULAR_IN_CATEGORY ->
                    inCategory(step, models.trending()::popular, limit, offered);
            case POPULAR ->
                    items(step, models.trending().popular(limit, offered), StepRunner::popular);
            case CATALOG -> catalog(limit, wanted);
        };
    }

    private static List<Item> items(
            Step step, List<Recommended> ranked, Function<Recommended, String> reason) {
        return ranked.stream()
                .map(item -> new Item(item.id(), item.score(), step.wireName(), reason.apply(item)))
                .toList();
    }

    private String together(Recommended item) {
        return String.format(
                Locale.ROOT,
                "In %d %s with %s, %.1f times as often as by chance",
                item.support(),
                item.support() == 1 ? "basket" : "baskets",
                title(item),
                item.lift());
    }

    private String followed(Recommended item) {
        return String.format(
                Locale.ROOT,
                "In %d of the visits most like this one, with %s",
                item.support(),
                title(item));
    }

    private String title(Recommended item) {
        return item.because() == null ? "this" : shelf.title(item.because());
    }

    private static String rising(Recommended item) {
        return String.format(Locale.ROOT, "%.1f times as much wanted as usual", item.lift());
    }

    private static String popular(Recommended item) {
        return item.support() == 1
                ? "Bought or looked at once"
                : "Bought or looked at " + item.support() + " times";
    }

    private List<Item> similar(int limit, Predicate<String> wanted) {
        List<CatalogProduct> compared =
                context.reversed().stream()
                        .distinct()
                        .map(shelf.view()::find)
                        .flatMap(Optional::stream)
                        .filter(product -> product.hasText() && shelf.view().comparable(product))
                        .limit(COMPARED_ITEMS)
                        .toList();
        List<Item> items = new ArrayList<>();
        Set<String> found = new HashSet<>();
        for (CatalogProduct product : compared) {
            if (items.size() == limit) {
                break;
            }
            String reason = "Described like " + shelf.title(product.id());
            for (SimilarProducts.Item near :
                    near(
                            product,
                            other ->
                                    wanted.test(other.id())
                                            && !found.contains(other.id())
                                            && shelf.offers(other),
                            limit - items.size())) {
                found.add(near.id());
                items.add(new Item(near.id(), near.score(), Step.SIMILAR.wireName(), reason));
            }
        }
        return items;
    }

    /** None when the deadline comes first: what other steps have found is an answer. */
    private List<SimilarProducts.Item> near(
            CatalogProduct product, Predicate<CatalogProduct> wanted, int limit) {
        try {
            return search.find(shelf.view(), shelf.schema(), product, wanted, limit, deadline)
                    .items();
        } catch (ProblemException e) {
            if (!e.code().equals(CommonErrors.TIMEOUT)) {
                throw e;
            }
            return List.of();
        }
    }

    private List<Item> inCategory(
            Step step,
            BiFunction<Integer, Predicate<String>, List<Recommended>> demand,
            int limit,
            Predicate<String> offered) {
        Optional<String> category =
                context.reversed().stream()
                        .map(shelf::category)
                        .flatMap(Optional::stream)
                        .findFirst();
        if (category.isEmpty()) {
            return List.of();
        }
        String reason = "Wanted in " + category.get();
        return demand.apply(CATEGORY_CANDIDATES, id -> true).stream()
                .filter(item -> offered.test(item.id()))
                .filter(item -> shelf.category(item.id()).equals(category))
                .limit(limit)
                .map(item -> new Item(item.id(), item.score(), step.wireName(), reason))
                .toList();
    }

    private List<Item> catalog(int limit, Predicate<String> wanted) {
        return shelf.view()
                .products()
                .takeWhile(product -> !deadline.expired())
                .filter(product -> wanted.test(product.id()) && shelf.offers(product))
                .limit(limit)
                .map(product ->
                        new Item(
                                product.id(),
                                0,
                                Step.CATALOG.wireName(),
                                "From the catalogue; no events speak for another"))
                .toList();
    }
}
