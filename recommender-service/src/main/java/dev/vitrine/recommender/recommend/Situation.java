package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.recommendation.RecommendationRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recommendation is asked for, as the scenario sees it.
 *
 * @param items the items that count, in order, the one that matters most last
 * @param passedOver items of the request that were too many to count
 * @param hidden items that must not be recommended: all of the request's
 */
record Situation(List<String> items, int passedOver, Set<String> hidden) {
    Situation {
        items = List.copyOf(items);
    }

    /**
     * Reads a request.
     *
     * @param known what the events tell of the visit
     */
    static Situation of(Scenario scenario, RecommendationRequest request, List<String> known) {
        List<String> products = list(request.products());
        List<String> basket = list(request.basket());
        List<String> session = request.session() == null ? known : request.session();
        List<String> items = new ArrayList<>();
        switch (scenario) {
            case NEXT_IN_SESSION -> items.addAll(session.isEmpty() ? basket : session);
            case BOUGHT_TOGETHER, TRENDING -> items.addAll(basket);
            // What lies in the basket is found already: similar means the product looked at.
            case SIMILAR -> {}
        }
        items.addAll(products);
        if (items.isEmpty()) {
            items.addAll(session.isEmpty() ? basket : session);
        }
        Set<String> hidden = new HashSet<>(products);
        hidden.addAll(basket);
        hidden.addAll(session);
        hidden.addAll(list(request.exclude()));
        int passedOver = Math.max(0, items.size() - RecommendationRequest.COUNTED_ITEMS);
        return new Situation(items.subList(passedOver, items.size()), passedOver, hidden);
    }

    private static List<String> list(@Nullable List<String> items) {
        return items == null ? List.of() : items;
    }
}
