package dev.vitrine.index.vector;

import dev.vitrine.kernels.engine.VectorSearch;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows of one moment, also those that no search sees, for a snapshot; unchanging. */
public final class VectorRows {

    private final VectorStore.@Nullable Row[] rows;
    private final Map<String, VectorSearch> searches;

    VectorRows(VectorStore.@Nullable Row[] rows, Map<String, VectorSearch> searches) {
        this.rows = rows;
        this.searches = searches;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface Consumer {
        void accept(int ordinal, Embedding embedding) throws IOException;
    }

    /** Number of rows. */
    public int size() {
        int size = 0;
        for (VectorStore.Row row : rows) {
            size += row == null ? 0 : 1;
        }
        return size;
    }

    /** Hands over every row, by ordinal. */
    public void forEach(Consumer consumer) throws IOException {
        for (int ordinal = 0; ordinal < rows.length; ordinal++) {
            VectorStore.Row row = rows[ordinal];
            if (row == null) {
                continue;
            }
            VectorSearch search = searches.get(row.model());
            if (search == null || !search.contains(ordinal)) {
                throw new IllegalStateException("row " + ordinal + " has no vector");
            }
            float[] vector = new float[search.dimensions()];
            search.copyRow(ordinal, vector);
            consumer.accept(ordinal, new Embedding(row.model(), row.hash(), row.version(), vector));
        }
    }
}
