package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The products and attributes of one generation; unchanging, for any number of threads. */
public final class ColumnView {

    private final CatalogSchema schema;
    private final PageView products;
    private final Map<String, Integer> numbers;
    private final String[] names;
    private final Column[] columns;
    private final int wordCount;

    // Made when a search first asks for it; computing it twice does no harm.
    private volatile String @Nullable [] facetsBySize;

    ColumnView(
            CatalogSchema schema,
            PageView products,
            Map<String, Integer> numbers,
            String[] names,
            Column[] columns,
            int wordCount) {
        this.schema = schema;
        this.products = products;
        this.numbers = numbers;
        this.names = names;
        this.columns = columns;
        this.wordCount = wordCount;
    }

    /** The schema under which the columns were made. */
    public CatalogSchema schema() {
        return schema;
    }

    /** Number of products. */
    public int size() {
        return products.size();
    }

    /** Words of a set of ordinals of this view. */
    public int wordCount() {
        return wordCount;
    }

    /** The product under an ordinal, or null. */
    public @Nullable StoredProduct product(int ordinal) {
        return products.page(ordinal >> 6) instanceof Page.Products page && page.has(ordinal)
                ? page.values[page.rank(ordinal)]
                : null;
    }

    /** The ordinals of all products, as a new array. */
    public long[] all() {
        long[] words = new long[wordCount];
        for (int w = 0; w < wordCount; w++) {
            words[w] = products.presence(w);
        }
        return words;
    }

    /** The ordinals of the products that have an identifier equal to a code, once normalised. */
    public long[] withIdentifier(String code) {
        long[] words = new long[wordCount];
        if (column(ColumnStore.IDENTIFIERS) instanceof TermColumn column) {
            String wanted = FieldValues.identifier(code);
            if (column.codes().containsKey(wanted)) {
                boolean[] sets = column.setsWith(List.of(wanted));
                for (int w = 0; w < wordCount; w++) {
                    words[w] = column.among(w, sets);
                }
            }
        }
        return words;
    }

    /** Null when no product has, or had, a value in the field. */
    @Nullable Column column(String field) {
        Integer number = numbers.get(field);
        return number == null ? null : columns[number];
    }

    /** The facet fields that have columns, those with most values first. */
    List<String> facetsBySize() {
        String[] fields = facetsBySize;
        if (fields == null) {
            fields =
                    numbers.keySet().stream()
                            .filter(this::isFacet)
                            .sorted((a, b) -> {
                                int bySize = Integer.compare(sizeOf(b), sizeOf(a));
                                return bySize != 0 ? bySize : a.compareTo(b);
                            })
                            .toArray(String[]::new);
            facetsBySize = fields;
        }
        return Arrays.asList(fields);
    }

    int columnCount() {
        return columns.length;
    }

    /** Name of a column's field by the column's number. */
    String name(int column) {
        return names[column];
    }

    boolean isFacet(String field) {
        return !field.equals(ColumnStore.IDENTIFIERS)
                && schema.resolve(field).map(FieldDefinition::facet).orElse(false);
    }

    int sizeOf(String field) {
        Column column = column(field);
        return column == null ? 0 : column.pages().size();
    }
}
