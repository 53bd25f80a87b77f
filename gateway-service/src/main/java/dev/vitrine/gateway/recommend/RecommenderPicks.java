package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.recommendation.RecommendationResponse.Item;
import dev.vitrine.contracts.recommendation.Recommendations;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.DocumentFields;
import dev.vitrine.servicekit.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the recommender picks, joined with the fields that the shard has. Thread-safe. */
final class RecommenderPicks {

    private static final Logger log = LoggerFactory.getLogger(RecommenderPicks.class);

    private final Services services;
    private final ProductFields productFields;
    private final double share;

    /** Gives the recommender this share of the time that is left. */
    RecommenderPicks(Services services, ProductFields productFields, double share) {
        this.services = services;
        this.productFields = productFields;
        this.share = share;
    }

    /** Its answer; empty, and named in {@code partial}, when it gives none. */
    <T> Optional<T> ask(
            Object request,
            Class<T> type,
            RequestContext context,
            List<String> partial,
            String path,
            Object... variables) {
        try {
            return Optional.of(
                    services.recommender()
                            .post(
                                    context.until(context.deadline().share(share)),
                                    request,
                                    type,
                                    path,
                                    variables));
        } catch (DependencyException missing) {
            log.debug("the recommender does not answer", missing);
            partial.add(services.recommender().name());
            return Optional.empty();
        }
    }

    /**
     * Puts fields to what was picked. Without the index, which {@code partial} names then, nothing
     * is left.
     *
     * @param fields fields to return, null for all
     */
    Answer join(
            String catalog,
            Recommendations picked,
            @Nullable List<String> fields,
            RequestContext context,
            List<String> partial) {
        if (picked.items().isEmpty()) {
            return Answer.nothing(picked.step(), picked.reason());
        }
        List<String> wanted = picked.items().stream().map(Recommendations.Item::id).toList();
        Map<String, DocumentFields> found;
        try {
            found = productFields.find(catalog, wanted, fields, context);
        } catch (DependencyException missing) {
            partial.add(services.index().name());
            return Answer.nothing(picked.step(), "The index, which has the fields, did not answer");
        }
        // What the shard no longer has was deleted a moment ago.
        List<Item> items = new ArrayList<>();
        for (Recommendations.Item item : picked.items()) {
            DocumentFields itsFields = found.get(item.id());
            if (itsFields != null) {
                items.add(new Item(item.id(), item.score(), item.step(), item.reason(), itsFields));
            }
        }
        return new Answer(items, picked.step(), picked.reason());
    }
}
