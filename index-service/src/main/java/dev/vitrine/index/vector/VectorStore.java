package dev.vitrine.index.vector;

import dev.vitrine.index.column.Words;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.quantized.EngineSnapshot;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one catalogue by ordinal; one thread at a time writes, views are published.
 *
 * <p>A row is searched only while the text that it was made from is the product's text. It stays
 * where it is when the text changes: should the old text return, nobody would send its vector
 * again.
 */
public final class VectorStore {

    private final IntFunction<QuantizedVectorEngine> engineOf;
    private final Map<String, QuantizedVectorEngine> engines = new LinkedHashMap<>();

    // By ordinal, null without a row.
    private @Nullable Row[] rows = new @Nullable Row[64];
    private long[] current = new long[1];
    private boolean changed = true;
    private VectorView view = VectorView.EMPTY;

    /**
     * Where a row is and what it was made from.
     *
     * @param model id of the model, and so the engine
     * @param hash hash of the text
     * @param version version of the product that had the text
     */
    public record Row(String model, String hash, long version) {}

    /**
     * @param engineOf makes an empty engine for rows of so many dimensions
     */
    public VectorStore(IntFunction<QuantizedVectorEngine> engineOf) {
        this.engineOf = engineOf;
    }

    /**
     * Stores the vector of a product in place of the one that it may have.
     *
     * @param semanticHash hash of the text that the product has now
     * @throws IllegalArgumentException when the vector does not fit the others of its model
     */
    public void put(int ordinal, Embedding embedding, String semanticHash) {
        QuantizedVectorEngine engine = engines.get(embedding.model());
        if (engine == null) {
            engine = engineOf.apply(embedding.vector().length);
        }
        engine.put(ordinal, embedding.vector());
        engines.put(embedding.model(), engine);
        Row before = row(ordinal);
        if (before != null && !before.model().equals(embedding.model())) {
            engine(before.model()).remove(ordinal);
        }
        note(
                ordinal,
                new Row(embedding.model(), embedding.hash(), embedding.version()),
                semanticHash);
    }

    /** Begins with the vectors of a model; what they were made from follows row by row. */
    public void restore(String model, QuantizedVectorEngine engine) {
        engines.put(model, engine);
    }

    /**
     * Says what a restored vector was made from.
     *
     * @throws IllegalStateException when there is no such vector
     */
    public void restore(int ordinal, Row row, String semanticHash) {
        if (!engine(row.model()).current().contains(ordinal)) {
            throw new IllegalStateException("row " + ordinal + " has no vector");
        }
        note(ordinal, row, semanticHash);
    }

    private void note(int ordinal, Row row, String semanticHash) {
        if (ordinal >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(ordinal + 1, rows.length * 3 / 2));
        }
        rows[ordinal] = row;
        changed = true;
        compare(ordinal, semanticHash);
    }

    /** The product has this text now: its row is searched or left out accordingly. */
    public void compare(int ordinal, String semanticHash) {
        Row row = row(ordinal);
        boolean fits = row != null && row.hash().equals(semanticHash);
        if (fits == Words.get(current, ordinal)) {
            return;
        }
        if (fits) {
            if (ordinal >> 6 >= current.length) {
                current = Arrays.copyOf(current, Math.max((ordinal >> 6) + 1, current.length * 2));
            }
            Words.set(current, ordinal);
        } else {
            Words.clear(current, ordinal);
        }
        changed = true;
    }

    /** Takes the row of a product away. */
    public void remove(int ordinal) {
        Row row = row(ordinal);
        if (row != null) {
            engine(row.model()).remove(ordinal);
            rows[ordinal] = null;
            changed = true;
            compare(ordinal, "");
        }
    }

    /** Version of the product from which the row was made, -1 without a row. */
    public long version(int ordinal) {
        Row row = row(ordinal);
        return row == null ? -1 : row.version();
    }

    /** Whether the row fits the text of the product. */
    public boolean isCurrent(int ordinal) {
        return Words.get(current, ordinal);
    }

    private @Nullable Row row(int ordinal) {
        return ordinal < rows.length ? rows[ordinal] : null;
    }

    private QuantizedVectorEngine engine(String model) {
        QuantizedVectorEngine engine = engines.get(model);
        if (engine == null) {
            throw new IllegalStateException("no rows of model " + model);
        }
        return engine;
    }

    /** The engines of all models, for their background work. */
    public List<VectorEngine> engines() {
        return List.copyOf(engines.values());
    }

    /** The next view searches otherwise, though no row has changed. */
    public void renew() {
        changed = true;
    }

    /** All rows as of the last {@link #publish}; by the writing thread, right after it. */
    public VectorRows capture() {
        Map<String, EngineSnapshot> snapshots = new LinkedHashMap<>();
        engines.forEach((model, engine) -> snapshots.put(model, engine.snapshot()));
        return new VectorRows(rows.clone(), snapshots);
    }

    /** Makes all changes so far visible as one view. */
    public VectorView publish() {
        if (changed) {
            Map<String, VectorSearch> searches = new LinkedHashMap<>();
            engines.forEach((model, engine) -> searches.put(model, engine.publish()));
            view = new VectorView(searches, current.clone());
            changed = false;
        }
        return view;
    }
}
