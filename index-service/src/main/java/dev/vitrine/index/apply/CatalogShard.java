package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.index.ProductSearchable;
import dev.vitrine.index.column.ColumnStore;
import dev.vitrine.index.column.ColumnView;
import dev.vitrine.index.column.Documents;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.column.Words;
import dev.vitrine.index.execute.Generation;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.text.TextIndex;
import dev.vitrine.index.text.TextSettings;
import dev.vitrine.index.text.TextView;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.index.vector.VectorStore;
import dev.vitrine.index.vector.VectorView;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side of one catalogue and its published generation. Everything but {@link
 * #published()} is guarded by the shard's lock.
 */
final class CatalogShard {

    private static final Logger log = LoggerFactory.getLogger(CatalogShard.class);

    private final ShardProperties properties;
    private final SnapshotStore store;
    private final VectorStore vectors;
    private final Ordinals ordinals;
    private final Tombstones tombstones;
    private final Map<String, Integer> ordinalOf = new HashMap<>();
    private final NavigableSet<Long> open = new ConcurrentSkipListSet<>();

    // What the next publication makes searchable: last change of each product.
    private final Map<String, Change> changes = new LinkedHashMap<>();

    private CatalogChanged catalog;
    private ColumnStore columns;
    private TextIndex text;
    private String textFolder;
    private int embeddable;
    private boolean dirty = true;

    // A disk that fails costs the text index changes; it is then made anew from the documents.
    private boolean textFailed;
    private volatile @Nullable Published published;

    private record Change(long version, boolean deleted) {}

    /**
     * A generation and what cannot be read from it.
     *
     * @param pending products whose text has no vector yet
     */
    record Published(Generation generation, int pending) {}

    private CatalogShard(
            CatalogChanged catalog,
            ShardProperties properties,
            SnapshotStore store,
            TextIndex text,
            String textFolder) {
        this.catalog = catalog;
        this.properties = properties;
        this.store = store;
        this.text = text;
        this.textFolder = textFolder;
        this.columns = new ColumnStore(catalog.schema(), properties.columnsMax());
        this.vectors =
                new VectorStore(dimensions ->
                        new QuantizedVectorEngine(
                                dimensions, properties.productsMax(), properties.vectorRecall()));
        this.ordinals = new Ordinals(properties.productsMax());
        this.tombstones = new Tombstones(properties.tombstonesMax());
    }

    /** An empty one. */
    static CatalogShard create(
            CatalogChanged catalog,
            ShardProperties properties,
            SnapshotStore store,
            long generation) {
        String folder = store.newTextFolder(generation);
        TextIndex text =
                TextIndex.create(
                        store.textFolder(folder), catalog.schema(), textSettings(properties));
        return new CatalogShard(catalog, properties, store, text, folder);
    }

    /** One whose text index exists already; its products follow by {@link #restore}. */
    static CatalogShard open(
            CatalogChanged catalog,
            ShardProperties properties,
            SnapshotStore store,
            TextIndex text,
            String textFolder) {
        return new CatalogShard(catalog, properties, store, text, textFolder);
    }

    static TextSettings textSettings(ShardProperties properties) {
        return new TextSettings(properties.k1(), properties.b(), properties.textBufferMegabytes());
    }

    CatalogChanged catalog() {
        return catalog;
    }

    CatalogRef ref() {
        return catalog.ref();
    }

    boolean dirty() {
        return dirty;
    }

    /** The next generation reads the text index as it is now. */
    void renew() {
        dirty = true;
    }

    /** The next generation searches vectors otherwise. */
    void renewVectors() {
        vectors.renew();
        renew();
    }

    int size() {
        return ordinalOf.size();
    }

    int columnCount() {
        return columns.columnCount();
    }

    String textFolder() {
        return textFolder;
    }

    TextIndex text() {
        return text;
    }

    VectorStore vectors() {
        return vectors;
    }

    Tombstones tombstones() {
        return tombstones;
    }

    @Nullable Published published() {
        return published;
    }

    /** Takes in a product's new state; whether it was news. */
    boolean put(ProductChanged product) {
        Integer known = ordinalOf.get(product.id());
        StoredProduct before = known == null ? null : columns.product(known);
        if ((before != null && before.version() >= product.version())
                || tombstones.version(product.id()) >= product.version()) {
            return false;
        }
        // Without text there is nothing to embed, so nothing to wait for.
        String semanticHash = product.semanticText().isBlank() ? "" : product.semanticHash();
        StoredProduct now =
                new StoredProduct(
                        product.id(),
                        product.version(),
                        product.schemaVersion(),
                        semanticHash,
                        product.textHash(),
                        Documents.write(product.document()));
        int ordinal = known == null ? ordinals.allocate(oldestOpen()) : known;
        // Hashes of different schemas cover different fields and cannot be compared.
        boolean sameText =
                before != null
                        && before.textHash().equals(now.textHash())
                        && before.schemaVersion() == now.schemaVersion();
        columns.put(ordinal, now, product.document());
        if (!sameText) {
            changeText(() -> text.put(product.id(), ordinal, product.document()));
        }
        vectors.compare(ordinal, semanticHash);
        ordinalOf.put(product.id(), ordinal);
        tombstones.remove(product.id());
        embeddable += weight(now) - (before == null ? 0 : weight(before));
        note(product.id(), product.version(), false);
        return true;
    }

    /** Takes a product out; whether that was news. */
    boolean delete(String id, long version, long nextGeneration) {
        Integer ordinal = ordinalOf.get(id);
        StoredProduct before = ordinal == null ? null : columns.product(ordinal);
        if ((before != null && before.version() > version) || tombstones.version(id) >= version) {
            return false;
        }
        tombstones.put(id, version, nextGeneration);
        if (ordinal != null && before != null) {
            columns.remove(ordinal);
            changeText(() -> text.remove(id));
            vectors.remove(ordinal);
            ordinalOf.remove(id);
            Published last = published;
            ordinals.free(ordinal, last == null ? -1 : last.generation().number());
            embeddable -= weight(before);
        }
        note(id, version, true);
        return true;
    }

    /** Notes the deletion of a product that is not here; false when it is here. */
    boolean remember(String id, long version) {
        if (ordinalOf.containsKey(id)) {
            return false;
        }
        if (tombstones.version(id) < version) {
            tombstones.put(id, version, 0);
        }
        return true;
    }

    /** What became of a vector. */
    enum Fate {
        /** It belongs to a product's text and is in the dense leg. */
        STORED,
        /**
         * It fits the text and is in the dense leg, but was made for a later version: before that
         * one the product may be deleted, which takes the row away.
         */
        AHEAD,
        /** It belongs to a text that has not come yet. */
        EARLY,
        /** Its text or its product is gone. */
        STALE;

        /** Whether the vector may still be needed when the next record of the product comes. */
        boolean toHold() {
            return this == AHEAD || this == EARLY;
        }
    }

    /**
     * Takes in the vector of a product.
     *
     * @throws IllegalArgumentException when the vector does not fit the others of its model
     */
    Fate put(String id, Embedding embedding) {
        Integer ordinal = ordinalOf.get(id);
        StoredProduct product = ordinal == null ? null : columns.product(ordinal);
        if (ordinal == null || product == null) {
            return tombstones.version(id) >= embedding.version() ? Fate.STALE : Fate.EARLY;
        }
        if (product.semanticHash().equals(embedding.hash())) {
            if (vectors.isCurrent(ordinal) && vectors.version(ordinal) > embedding.version()) {
                return Fate.STALE;
            }
            vectors.put(ordinal, embedding, product.semanticHash());
            dirty = true;
            return embedding.version() > product.version() ? Fate.AHEAD : Fate.STORED;
        }
        return embedding.version() > product.version() ? Fate.EARLY : Fate.STALE;
    }

    /** Takes the vector of a product away, unless it has a later one. */
    void removeVector(String id, long version) {
        Integer ordinal = ordinalOf.get(id);
        if (ordinal != null && vectors.version(ordinal) <= version) {
            vectors.remove(ordinal);
            dirty = true;
        }
    }

    /** Puts a product of a snapshot back where it was; its text is in the text index already. */
    void restore(int ordinal, StoredProduct product) {
        columns.put(ordinal, product, Documents.read(product.document()));
        ordinalOf.put(product.id(), ordinal);
        embeddable += weight(product);
    }

    /** Says what a vector of a snapshot was made from; its product is there already. */
    void restore(int ordinal, VectorStore.Row row) {
        StoredProduct product = columns.product(ordinal);
        if (product == null) {
            throw new IllegalStateException("vector " + ordinal + " has no product");
        }
        vectors.restore(ordinal, row, product.semanticHash());
    }

    /** Ends restoring. */
    void restored() {
        BitSet used = new BitSet();
        ordinalOf.values().forEach(used::set);
        ordinals.restore(used);
        dirty = true;
    }

    /**
     * Makes columns and text anew from the stored documents under another schema. Searches go on
     * with the old generation meanwhile; ordinals and vectors stay.
     */
    void changeSchema(CatalogChanged changed, long nextGeneration) {
        if (changed.schema().equals(catalog.schema())) {
            catalog = changed;
            dirty = true;
            return;
        }
        String folder = store.newTextFolder(nextGeneration);
        TextIndex newText =
                TextIndex.create(
                        store.textFolder(folder), changed.schema(), textSettings(properties));
        ColumnStore newColumns = new ColumnStore(changed.schema(), properties.columnsMax());
        textFailed = false;
        ColumnView old = columns.publish();
        Words.forEach(
                old.all(),
                ordinal -> {
                    StoredProduct product = old.product(ordinal);
                    if (product != null) {
                        Map<String, Object> document = Documents.read(product.document());
                        newColumns.put(ordinal, product, document);
                        newText.put(product.id(), ordinal, document);
                    }
                });
        text.close();
        text = newText;
        textFolder = folder;
        columns = newColumns;
        catalog = changed;
        dirty = true;
    }

    /**
     * Makes all changes so far visible; which products changed since the last time.
     *
     * @throws UncheckedIOException when the disk does not take the text: the generation before
     *     stays, and the next attempt begins with a text index made anew
     */
    List<ProductSearchable> publish(long number) {
        if (textFailed) {
            makeTextAnew(number);
        }
        // Last what has to be closed again: the others may run out of memory.
        ColumnView columnView = columns.publish();
        VectorView vectorView = vectors.publish();
        TextView textView;
        try {
            textView = text.publish();
        } catch (UncheckedIOException e) {
            textFailed = true;
            throw e;
        }
        Generation generation =
                new Generation(
                        number,
                        catalog.schemaVersion(),
                        columnView,
                        textView,
                        vectorView,
                        () -> open.remove(number));
        open.add(number);
        Published before = published;
        published = new Published(generation, embeddable - generation.vectors().size());
        if (before != null) {
            before.generation().release();
        }
        List<ProductSearchable> searchable = new ArrayList<>(changes.size());
        changes.forEach((id, change) ->
                searchable.add(
                        new ProductSearchable(
                                catalog.tenant(),
                                catalog.catalog(),
                                id,
                                change.version(),
                                change.deleted(),
                                number)));
        changes.clear();
        dirty = false;
        return searchable;
    }

    /**
     * Makes the changes of the text durable.
     *
     * @throws UncheckedIOException when the disk does not take them
     */
    String commitText() {
        try {
            return text.commit();
        } catch (UncheckedIOException e) {
            textFailed = true;
            dirty = true;
            throw e;
        }
    }

    /** A change that the text index does not take is not lost: the documents are in the columns. */
    private void changeText(Runnable change) {
        if (textFailed) {
            return;
        }
        try {
            change.run();
        } catch (UncheckedIOException e) {
            log.error("the text index of {} failed and will be made anew", catalog.ref().key(), e);
            textFailed = true;
        }
    }

    private void makeTextAnew(long number) {
        String folder = store.newTextFolder(number);
        try {
            TextIndex made =
                    TextIndex.create(
                            store.textFolder(folder), catalog.schema(), textSettings(properties));
            try {
                fill(made);
                made.publish().close();
            } catch (UncheckedIOException e) {
                made.close();
                throw e;
            }
            text.close();
            text = made;
        } catch (UncheckedIOException e) {
            store.discard(folder);
            throw e;
        }
        textFolder = folder;
        textFailed = false;
        log.info("the text index of {} was made anew", catalog.ref().key());
    }

    private void fill(TextIndex made) {
        ColumnView now = columns.publish();
        Words.forEach(
                now.all(),
                ordinal -> {
                    StoredProduct product = now.product(ordinal);
                    if (product != null) {
                        made.put(product.id(), ordinal, Documents.read(product.document()));
                    }
                });
    }

    /** Whether this version of a product, or its deletion, is in the published generation. */
    boolean isSearchable(String id, long version) {
        Published now = published;
        if (now == null) {
            return false;
        }
        Tombstones.Tombstone tombstone = tombstones.find(id);
        if (tombstone != null) {
            return tombstone.version() >= version
                    && tombstone.generation() <= now.generation().number();
        }
        Integer ordinal = ordinalOf.get(id);
        StoredProduct shown = ordinal == null ? null : now.generation().columns().product(ordinal);
        return shown != null && shown.id().equals(id) && shown.version() >= version;
    }

    /** Closes everything; running searches end undisturbed. */
    void close() {
        Published last = published;
        published = null;
        if (last != null) {
            last.generation().release();
        }
        text.close();
    }

    private void note(String id, long version, boolean deleted) {
        changes.put(id, new Change(version, deleted));
        dirty = true;
    }

    private long oldestOpen() {
        Long oldest = open.isEmpty() ? null : open.first();
        return oldest == null ? Long.MAX_VALUE : oldest;
    }

    private static int weight(StoredProduct product) {
        return product.semanticHash().isEmpty() ? 0 : 1;
    }
}
