package dev.vitrine.index.vector;

import dev.vitrine.index.column.Words;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorSearch;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of one generation; unchanging, for any number of threads. */
public final class VectorView {

    static final VectorView EMPTY = new VectorView(Map.of(), new long[0]);

    private final Map<String, VectorSearch> searches;
    private final long[] current;
    private final int size;

    VectorView(Map<String, VectorSearch> searches, long[] current) {
        this.searches = Map.copyOf(searches);
        this.current = current;
        this.size = Words.size(current);
    }

    /** Number of products whose row fits their text. */
    public int size() {
        return size;
    }

    /** Whether a product has a row that fits its text. */
    public boolean isCurrent(int ordinal) {
        return Words.get(current, ordinal);
    }

    /** Lets through the rows that fit the text of their product. */
    public RowFilter currentRows() {
        return RowFilter.of(current);
    }

    /**
     * The rows of a model.
     *
     * @param model its id; null = the model with that many dimensions that has most rows
     */
    public Optional<VectorSearch> search(@Nullable String model, int dimensions) {
        if (model != null) {
            return Optional.ofNullable(searches.get(model));
        }
        return largest(search -> search.dimensions() == dimensions);
    }

    /** The rows of the model that has most. */
    public Optional<VectorSearch> largest() {
        return largest(search -> true);
    }

    private Optional<VectorSearch> largest(Predicate<VectorSearch> kind) {
        return searches.values().stream()
                .filter(kind)
                .max((a, b) -> Integer.compare(a.rowCount(), b.rowCount()));
    }

    /** The rows among which that of a product is. */
    public Optional<VectorSearch> searchWith(int ordinal) {
        return isCurrent(ordinal)
                ? searches.values().stream().filter(s -> s.contains(ordinal)).findFirst()
                : Optional.empty();
    }
}
