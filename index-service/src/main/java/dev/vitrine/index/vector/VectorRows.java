package dev.vitrine.index.vector;

import dev.vitrine.kernels.quantized.EngineSnapshot;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows of one moment, also those that no search sees, for a snapshot; unchanging. */
public final class VectorRows {

    private final VectorStore.@Nullable Row[] rows;
    private final Map<String, EngineSnapshot> vectors;

    VectorRows(VectorStore.@Nullable Row[] rows, Map<String, EngineSnapshot> vectors) {
        this.rows = rows;
        this.vectors = vectors;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface Consumer {
        void accept(int ordinal, VectorStore.Row row) throws IOException;
    }

    /** The vectors by model. */
    public Map<String, EngineSnapshot> vectors() {
        return vectors;
    }

    /** Number of rows. */
    public int size() {
        int size = 0;
        for (VectorStore.Row row : rows) {
            size += row == null ? 0 : 1;
        }
        return size;
    }

    /** Hands over what each vector was made from, by ordinal. */
    public void forEach(Consumer consumer) throws IOException {
        for (int ordinal = 0; ordinal < rows.length; ordinal++) {
            VectorStore.Row row = rows[ordinal];
            if (row != null) {
                consumer.accept(ordinal, row);
            }
        }
    }
}
