package dev.vitrine.recommender.algorithm.similar;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.recommender.catalog.CatalogProduct;
import dev.vitrine.recommender.catalog.CatalogView;
import dev.vitrine.recommender.catalog.CatalogView.Neighbour;
import dev.vitrine.recommender.catalog.CatalogView.Neighbours;
import dev.vitrine.recommender.catalog.ProductTraits;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Finds the nearest products that can be offered in the place of one. Thread-safe. */
public final class SimilarSearch {

    /*
     * Walks the neighbours from the nearest down: stock, duplicates and filter are decided on each,
     * exactly and by the schema of this moment. Mostly the first few dozen suffice. When they do
     * not, all begins again with eight times as many: of more rows the search may find one that it
     * has missed before, so the walk cannot go on where it was.
     *
     * Ties: rows come by ordinal where cosines are equal, and ordinals depend on the order of
     * arrival. The walk therefore goes on to the end of a tie, and the result is ordered by id in it.
     */
    private static final int FIRST_CANDIDATES = 64;
    private static final int GROWTH = 8;
    private static final int DEADLINE_CHECK_INTERVAL = 64;

    private static final Comparator<SimilarProducts.Item> BEST_FIRST =
            Comparator.comparingDouble(SimilarProducts.Item::score)
                    .reversed()
                    .thenComparing(SimilarProducts.Item::id);

    private final SimilarProperties properties;

    public SimilarSearch(SimilarProperties properties) {
        this.properties = properties;
    }

    /**
     * Searches one view of a catalogue.
     *
     * @param product a comparable product of the view
     * @param wanted asked of products in stock that are no duplicates, from the nearest down
     * @param limit most items wanted, from 1
     * @throws ProblemException with TIMEOUT when the deadline comes first
     */
    public SimilarResult find(
            CatalogView view,
            CatalogSchema schema,
            CatalogProduct product,
            Predicate<CatalogProduct> wanted,
            int limit,
            Deadline deadline) {
        int count = Math.min(Math.max(FIRST_CANDIDATES, 4 * limit), properties.candidatesMax());
        while (true) {
            Neighbours nearest = view.nearest(product, count);
            List<SimilarProducts.Item> items = new ArrayList<>();
            int seen = 0;
            for (Neighbour neighbour : nearest.neighbours()) {
                if (seen++ % DEADLINE_CHECK_INTERVAL == 0 && deadline.expired()) {
                    throw new ProblemException(
                            CommonErrors.TIMEOUT,
                            "the deadline came before enough products were found");
                }
                if (isWorse(neighbour.cosine(), items, limit)) {
                    break;
                }
                if (fits(neighbour.product(), product, schema, wanted)) {
                    items.add(
                            new SimilarProducts.Item(neighbour.product().id(), neighbour.cosine()));
                }
            }
            boolean enough = nearest.complete() || isWorse(nearest.worstCosine(), items, limit);
            if (enough || count == properties.candidatesMax()) {
                return result(items, limit, enough);
            }
            count = (int) Math.min((long) count * GROWTH, properties.candidatesMax());
        }
    }

    /** Whether enough items have been found, all of them nearer. */
    private static boolean isWorse(float cosine, List<SimilarProducts.Item> items, int limit) {
        return items.size() >= limit && cosine < items.get(limit - 1).score();
    }

    private static boolean fits(
            CatalogProduct candidate,
            CatalogProduct product,
            CatalogSchema schema,
            Predicate<CatalogProduct> wanted) {
        // The same text gives the same vector: the same product in all that is known of it.
        if (candidate.semanticHash().equals(product.semanticHash())) {
            return false;
        }
        ProductTraits traits = candidate.traits(schema);
        return traits.available()
                && !traits.duplicate(product.traits(schema))
                && wanted.test(candidate);
    }

    private static SimilarResult result(
            List<SimilarProducts.Item> items, int limit, boolean complete) {
        items.sort(BEST_FIRST);
        return new SimilarResult(items.subList(0, Math.min(limit, items.size())), complete);
    }
}
