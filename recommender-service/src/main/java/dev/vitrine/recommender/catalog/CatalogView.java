package dev.vitrine.recommender.catalog;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A catalogue at one moment. Immutable, for any number of threads. */
public final class CatalogView {

    /**
     * A product near another one.
     *
     * @param product the product
     * @param cosine likeness, -1 to 1
     */
    public record Neighbour(CatalogProduct product, float cosine) {}

    /**
     * The nearest rows of a search.
     *
     * @param neighbours best first; rows without a present product and vector are left out
     * @param complete whether no row lies beyond them
     * @param worstCosine cosine of the last row, a left-out one included
     */
    public record Neighbours(List<Neighbour> neighbours, boolean complete, float worstCosine) {
        public Neighbours {
            neighbours = List.copyOf(neighbours);
        }
    }

    static final int PAGE_SHIFT = 10;
    static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private final @Nullable CatalogProduct[][] pages;
    private final Map<String, Integer> ordinals;
    private final Map<String, VectorSearch> searches;

    /**
     * @param ordinals the writer's own live map: its answers are checked against the pages
     */
    CatalogView(
            @Nullable CatalogProduct[][] pages,
            Map<String, Integer> ordinals,
            Map<String, VectorSearch> searches) {
        this.pages = pages;
        this.ordinals = ordinals;
        this.searches = Map.copyOf(searches);
    }

    /** A product that exists; what was deleted since is not found any more. */
    public Optional<CatalogProduct> find(String id) {
        Integer ordinal = ordinals.get(id);
        CatalogProduct product = ordinal == null ? null : at(ordinal);
        // The live map may be ahead of this view, where the ordinal may belong to another product.
        return product != null && product.present() && product.id().equals(id)
                ? Optional.of(product)
                : Optional.empty();
    }

    /** Whether the product can be compared with others. */
    public boolean comparable(CatalogProduct product) {
        String model = product.vectorModel();
        return product.comparable() && model != null && searches.containsKey(model);
    }

    /**
     * The nearest rows to a product, itself included, among those of its model: all but a few of
     * the true ones where there are many. Of another count others may be missed.
     *
     * @param count rows wanted
     */
    public Neighbours nearest(CatalogProduct product, int count) {
        String model = product.vectorModel();
        VectorSearch search = model == null ? null : searches.get(model);
        float[] query = new float[search == null ? 0 : search.dimensions()];
        if (search == null || !search.copyRow(product.ordinal(), query)) {
            return new Neighbours(List.of(), true, Float.NEGATIVE_INFINITY);
        }
        RowMatches matches = search.topK(query, count, RowFilter.ALL);
        List<Neighbour> neighbours = new ArrayList<>(matches.size());
        for (int rank = 0; rank < matches.size(); rank++) {
            CatalogProduct other = at(matches.ordinal(rank));
            if (other != null && other.comparable()) {
                neighbours.add(new Neighbour(other, matches.score(rank)));
            }
        }
        return new Neighbours(
                neighbours,
                matches.size() == search.rowCount(),
                matches.size() == 0 ? Float.NEGATIVE_INFINITY : matches.score(matches.size() - 1));
    }

    /** Every product that exists, in the order of their ordinals. */
    public Stream<CatalogProduct> products() {
        return Arrays.stream(pages)
                .flatMap(Arrays::stream)
                .filter(product -> product != null && product.present());
    }

    private @Nullable CatalogProduct at(int ordinal) {
        int page = ordinal >> PAGE_SHIFT;
        return page < pages.length ? pages[page][ordinal & (PAGE_SIZE - 1)] : null;
    }
}
