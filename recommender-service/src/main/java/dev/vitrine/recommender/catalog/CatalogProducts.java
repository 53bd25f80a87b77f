package dev.vitrine.recommender.catalog;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One catalogue: written by one thread at a time, read through {@link #view}. Changes become
 * visible together, by {@link #publish}.
 */
final class CatalogProducts {

    /*
     * A product has an ordinal, which is its row in the vectors of its model and its place in the
     * pages. Pages are copied when they are first changed after a publication, so that views never
     * change; freed ordinals are used again at once, because a view has its own pages and rows.
     *
     * Vectors of different models cannot be compared and may differ in length. Each model has its
     * own rows, a product at most one row in all of them; when the last is gone, the model goes.
     *
     * Vectors and deletions come by different topics. A vector made for a later version than a
     * deletion belongs to the product that comes again after it, and waits for that one.
     */
    /** Share of the true nearest rows that is found, at least about, where there are many. */
    private static final double RECALL = 0.98;

    private final int productsMax;
    private final Map<String, Integer> ordinals = new ConcurrentHashMap<>();
    private final BitSet used = new BitSet();
    private final Map<String, VectorEngine> rows = new HashMap<>();
    private @Nullable CatalogProduct[][] pages = new @Nullable CatalogProduct[0][];
    private final BitSet owned = new BitSet();
    private int firstFree;
    private int present;

    private volatile CatalogView view = new CatalogView(pages, ordinals, Map.of());

    CatalogProducts(int productsMax) {
        this.productsMax = productsMax;
    }

    CatalogView view() {
        return view;
    }

    /** Whether there is no product and no vector that waits for one, published or not. */
    boolean isEmpty() {
        return ordinals.isEmpty();
    }

    /** Products that exist, published or not. */
    int productCount() {
        return present;
    }

    /** False when the catalogue is full. An older version than the present one is ignored. */
    boolean put(
            String id, long version, StoredDocument document, String semanticHash, boolean text) {
        CatalogProduct before = findOrAdd(id);
        if (before == null) {
            return false;
        }
        if (version >= before.version()) {
            if (!before.present()) {
                present++;
            }
            set(before.withDocument(version, document, semanticHash, text));
        }
        return true;
    }

    /** Takes out a product that was deleted with this version. */
    void remove(String id, long version) {
        CatalogProduct before = find(id);
        if (before == null || before.version() > version) {
            return;
        }
        if (before.vectorModel() != null && before.vectorVersion() > version) {
            if (before.present()) {
                present--;
            }
            set(before.withoutDocument(version));
        } else {
            removeVector(before);
            free(before);
        }
    }

    /**
     * False when the catalogue is full.
     *
     * @param version version of the product that the vector was made for
     * @throws IllegalArgumentException when the vector does not fit the others of its model
     */
    boolean putVector(String id, long version, String model, String hash, float[] vector) {
        VectorEngine modelRows = rows.get(model);
        if (modelRows == null) {
            modelRows = new QuantizedVectorEngine(vector.length, productsMax, RECALL);
        }
        if (modelRows.dimensions() != vector.length) {
            throw new IllegalArgumentException(
                    "a vector of "
                            + vector.length
                            + " for model "
                            + model
                            + " of "
                            + modelRows.dimensions());
        }
        CatalogProduct before = findOrAdd(id);
        if (before == null) {
            return false;
        }
        if (before.vectorModel() != null && !before.vectorModel().equals(model)) {
            removeVector(before);
        }
        rows.putIfAbsent(model, modelRows);
        modelRows.put(before.ordinal(), vector);
        set(before.withVector(model, hash, version));
        return true;
    }

    void removeVector(String id) {
        CatalogProduct before = find(id);
        if (before == null) {
            return;
        }
        removeVector(before);
        if (before.present()) {
            set(before.withVector(null, "", 0));
        } else {
            free(before);
        }
    }

    /** The rows of each model. */
    List<VectorEngine> engines() {
        return List.copyOf(rows.values());
    }

    /** Makes all changes so far visible. */
    void publish() {
        Map<String, VectorSearch> searches = new HashMap<>();
        rows.values().removeIf(model -> model.publish().rowCount() == 0);
        rows.forEach((model, modelRows) -> searches.put(model, modelRows.current()));
        owned.clear();
        view = new CatalogView(pages.clone(), ordinals, searches);
    }

    private void removeVector(CatalogProduct product) {
        VectorEngine modelRows = rows.get(product.vectorModel());
        if (modelRows != null) {
            modelRows.remove(product.ordinal());
        }
    }

    private void free(CatalogProduct product) {
        if (product.present()) {
            present--;
        }
        ordinals.remove(product.id());
        used.clear(product.ordinal());
        firstFree = Math.min(firstFree, product.ordinal());
        page(product.ordinal())[product.ordinal() & (CatalogView.PAGE_SIZE - 1)] = null;
    }

    private @Nullable CatalogProduct find(String id) {
        Integer ordinal = ordinals.get(id);
        return ordinal == null
                ? null
                : pages[ordinal >> CatalogView.PAGE_SHIFT][ordinal & (CatalogView.PAGE_SIZE - 1)];
    }

    private @Nullable CatalogProduct findOrAdd(String id) {
        CatalogProduct known = find(id);
        if (known != null) {
            return known;
        }
        int ordinal = used.nextClearBit(firstFree);
        firstFree = ordinal;
        if (ordinal >= productsMax) {
            return null;
        }
        used.set(ordinal);
        CatalogProduct added = CatalogProduct.empty(id, ordinal);
        set(added);
        ordinals.put(id, ordinal);
        return added;
    }

    private void set(CatalogProduct product) {
        page(product.ordinal())[product.ordinal() & (CatalogView.PAGE_SIZE - 1)] = product;
    }

    /** The page of an ordinal, not seen by any view. */
    private @Nullable CatalogProduct[] page(int ordinal) {
        int index = ordinal >> CatalogView.PAGE_SHIFT;
        if (index >= pages.length) {
            int old = pages.length;
            pages = Arrays.copyOf(pages, index + 1);
            for (int p = old; p <= index; p++) {
                pages[p] = new @Nullable CatalogProduct[CatalogView.PAGE_SIZE];
                owned.set(p);
            }
        } else if (!owned.get(index)) {
            pages[index] = pages[index].clone();
            owned.set(index);
        }
        return pages[index];
    }
}
