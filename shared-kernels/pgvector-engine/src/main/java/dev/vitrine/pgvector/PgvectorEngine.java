package dev.vitrine.pgvector;

import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.vector.VectorMath;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a table of PostgreSQL with pgvector 0.8 or later, which has to be on the search path.
 *
 * <p>Top-k is exact, by a scan in PostgreSQL, or approximate, by its HNSW graph; everything else is
 * exact. A view costs a bit an ordinal here; its rows stay in the table until it is no longer
 * reachable. The table is unlogged: like the rows of the other engines it is derived, and may be
 * empty after a crash of the server.
 *
 * <p>Every method may throw a {@link PgvectorException}. Each search takes one connection for one
 * transaction; give a pool.
 */
public final class PgvectorEngine implements VectorEngine {

    private static final int BATCH_ROWS = 1_000;

    private final VectorTable table;
    private final int dimensions;
    private final int ordinalsMax;
    private final @Nullable Hnsw graph;

    /** What is not written yet, at most {@link #BATCH_ROWS}; empty = taken away. */
    private final Map<Integer, Optional<float[]>> pending = new HashMap<>();

    private final BitSet present = new BitSet();
    private final List<WeakReference<PgvectorSearch>> views = new ArrayList<>();
    private volatile PgvectorSearch current;

    private PgvectorEngine(
            DataSource database,
            String table,
            int dimensions,
            int ordinalsMax,
            @Nullable Hnsw graph) {
        if (dimensions < 1 || ordinalsMax < 1) {
            throw new IllegalArgumentException(
                    dimensions + " dimensions, " + ordinalsMax + " ordinals");
        }
        this.table = new VectorTable(database, table, dimensions, graph);
        this.dimensions = dimensions;
        this.ordinalsMax = ordinalsMax;
        this.graph = graph;
        this.current = view(0);
    }

    /**
     * An empty engine that scans.
     *
     * @param table created here, must not be there; the caller's to drop
     * @param dimensions number of components of every row
     * @param ordinalsMax ordinals from 0 to one below it are accepted
     */
    public static PgvectorEngine exact(
            DataSource database, String table, int dimensions, int ordinalsMax) {
        return new PgvectorEngine(database, table, dimensions, ordinalsMax, null);
    }

    /**
     * An empty engine with a graph, which PostgreSQL uses for top-k when it thinks it cheaper than
     * a scan.
     *
     * @param table created here, must not be there; the caller's to drop
     * @param dimensions number of components of every row, at most 2,000
     * @param ordinalsMax ordinals from 0 to one below it are accepted
     */
    public static PgvectorEngine hnsw(
            DataSource database, String table, int dimensions, int ordinalsMax, Hnsw graph) {
        return new PgvectorEngine(database, table, dimensions, ordinalsMax, graph);
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public synchronized void put(int ordinal, float[] vector) {
        if (ordinal < 0 || ordinal >= ordinalsMax) {
            throw new IllegalArgumentException("ordinal " + ordinal + " of " + ordinalsMax);
        }
        if (vector.length != dimensions || !VectorMath.isFinite(vector)) {
            throw new IllegalArgumentException(
                    "a row has " + dimensions + " finite components, this one " + vector.length);
        }
        change(ordinal, Optional.of(vector.clone()));
        present.set(ordinal);
    }

    @Override
    public synchronized boolean remove(int ordinal) {
        if (ordinal < 0 || !present.get(ordinal)) {
            return false;
        }
        change(ordinal, Optional.empty());
        present.clear(ordinal);
        return true;
    }

    private void change(int ordinal, Optional<float[]> vector) {
        if (pending.size() >= BATCH_ROWS) {
            flush();
        }
        pending.put(ordinal, vector);
    }

    private void flush() {
        if (!pending.isEmpty()) {
            table.write(current.generation() + 1, pending);
            pending.clear();
        }
    }

    @Override
    public synchronized VectorSearch publish() {
        flush();
        current = view(current.generation() + 1);
        table.forget(oldest());
        return current;
    }

    private PgvectorSearch view(long generation) {
        PgvectorSearch view = new PgvectorSearch(table, generation, dimensions, present, graph);
        views.add(new WeakReference<>(view));
        return view;
    }

    /** The first generation of which somebody may still hold the view. */
    private long oldest() {
        views.removeIf(view -> view.get() == null);
        return views.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .mapToLong(PgvectorSearch::generation)
                .min()
                .orElse(current.generation());
    }

    @Override
    public VectorSearch current() {
        return current;
    }

    @Override
    public String describe() {
        return graph == null ? "pgvector, by scoring every row" : "pgvector, " + graph;
    }
}
