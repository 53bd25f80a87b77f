package dev.vitrine.index.column;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the products of one catalogue in under one schema and publishes views of them.
 *
 * <p>One thread at a time writes. A change of a product touches only the columns whose value
 * differs. Another schema needs another store.
 */
public final class ColumnStore {

    /** The hidden column of normalised identifiers; no field may be called so. */
    static final String IDENTIFIERS = "\0identifiers";

    private static final int[] NO_COLUMNS = {};

    private final CatalogSchema schema;
    private final List<FieldDefinition> identifierFields;
    private final int columnsMax;
    private final PageTable products = new PageTable();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Writer> writers = new ArrayList<>();
    private final LinkedHashSet<Writer> changed = new LinkedHashSet<>();

    private int ordinalLimit;
    private Column[] published = new Column[0];
    private Map<String, Integer> publishedNumbers = Map.of();
    private String[] publishedNames = new String[0];
    private long refusedValues;

    /** The pages of one field and what their values mean. */
    private static final class Writer {

        final int number;
        final FieldType type;
        final PageTable pages = new PageTable();
        final @Nullable TermDictionary dictionary;

        Writer(int number, FieldType type) {
            this.number = number;
            this.type = type;
            this.dictionary = isNumeric(type) ? null : new TermDictionary();
        }

        /** Stores the value of a field; whether there was one that can be read. */
        boolean put(int ordinal, @Nullable Object value) {
            if (dictionary == null) {
                return putNumber(ordinal, FieldValues.number(type, value));
            }
            SequencedSet<String> terms = FieldValues.terms(type, value);
            return !terms.isEmpty() && putSet(ordinal, dictionary.setOf(terms));
        }

        private boolean putNumber(int ordinal, double number) {
            if (Double.isNaN(number)) {
                return false;
            }
            Page.Numbers page =
                    pages.page(ordinal >> 6) instanceof Page.Numbers known
                            ? known
                            : Page.Numbers.EMPTY;
            if (!page.has(ordinal) || page.values[page.rank(ordinal)] != number) {
                pages.set(ordinal >> 6, page.with(ordinal, number));
            }
            return true;
        }

        private boolean putSet(int ordinal, int set) {
            Page.Codes page =
                    pages.page(ordinal >> 6) instanceof Page.Codes known ? known : Page.Codes.EMPTY;
            if (!page.has(ordinal) || page.values[page.rank(ordinal)] != set) {
                pages.set(ordinal >> 6, page.with(ordinal, set));
            }
            return true;
        }

        void remove(int ordinal) {
            Page page = pages.page(ordinal >> 6);
            if (page == null || !page.has(ordinal)) {
                return;
            }
            pages.set(ordinal >> 6, without(page, ordinal));
        }

        Column publish() {
            PageView view = pages.publish();
            return dictionary == null
                    ? new NumberColumn(view)
                    : new TermColumn(
                            view,
                            dictionary.codes(),
                            dictionary.terms(),
                            dictionary.termCount(),
                            dictionary.sets(),
                            dictionary.setCount());
        }
    }

    /**
     * Creates an empty store.
     *
     * @param schema decides which fields have columns
     * @param columnsMax most columns; values of further fields are stored but not indexed
     */
    public ColumnStore(CatalogSchema schema, int columnsMax) {
        this.schema = schema;
        this.columnsMax = columnsMax;
        this.identifierFields = schema.withRole(FieldRole.IDENTIFIER);
        writer(IDENTIFIERS, FieldType.KEYWORD);
    }

    static boolean isNumeric(FieldType type) {
        return type == FieldType.NUMBER || type == FieldType.DATE;
    }

    /** Number of products. */
    public int size() {
        return products.size();
    }

    /** Number of columns that have been made. */
    public int columnCount() {
        return writers.size();
    }

    /** Values that got no column because there were too many different fields. */
    public long refusedValues() {
        return refusedValues;
    }

    /** The product under an ordinal, or null. */
    public @Nullable StoredProduct product(int ordinal) {
        return products.page(ordinal >> 6) instanceof Page.Products page && page.has(ordinal)
                ? page.values[page.rank(ordinal)]
                : null;
    }

    /**
     * Stores a product in place of the one that may be under the ordinal.
     *
     * @param document what {@code product.document()} holds, read
     */
    public void put(int ordinal, StoredProduct product, Map<String, Object> document) {
        int[] filled = putValues(ordinal, document);
        Page.Products page =
                products.page(ordinal >> 6) instanceof Page.Products known
                        ? known
                        : Page.Products.EMPTY;
        if (page.has(ordinal)) {
            clearColumns(ordinal, page.values[page.rank(ordinal)].columns(), filled);
        }
        products.set(ordinal >> 6, page.with(ordinal, product.withColumns(filled)));
        ordinalLimit = Math.max(ordinalLimit, ordinal + 1);
    }

    /** Stores the values of a product; the columns that have one now, ascending. */
    private int[] putValues(int ordinal, Map<String, Object> document) {
        int[] filled = new int[document.size() + 1];
        int count = 0;
        for (Map.Entry<String, Object> field : document.entrySet()) {
            Integer number = numbers.get(field.getKey());
            Writer writer = number == null ? null : writers.get(number);
            if (writer == null) {
                FieldDefinition definition = schema.resolve(field.getKey()).orElse(null);
                if (definition == null || !definition.columnar()) {
                    continue;
                }
                writer = writer(field.getKey(), definition.type());
            }
            if (writer == null) {
                refusedValues++;
            } else if (writer.put(ordinal, field.getValue())) {
                filled[count++] = writer.number;
                noteChange(writer);
            }
        }
        Writer identifiers = writers.getFirst();
        if (identifiers.put(ordinal, identifiers(document))) {
            filled[count++] = identifiers.number;
            noteChange(identifiers);
        }
        int[] sorted = Arrays.copyOf(filled, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private Collection<String> identifiers(Map<String, Object> document) {
        SequencedSet<String> codes = new LinkedHashSet<>();
        for (FieldDefinition field : identifierFields) {
            if (!field.pattern()) {
                addIdentifiers(codes, document.get(field.name()));
                continue;
            }
            document.forEach((name, value) -> {
                if (schema.resolve(name).filter(field::equals).isPresent()) {
                    addIdentifiers(codes, value);
                }
            });
        }
        return codes;
    }

    private static void addIdentifiers(Collection<String> codes, @Nullable Object value) {
        for (Object single : FieldValues.each(value)) {
            String text = FieldValues.text(single);
            String code = text == null ? "" : FieldValues.identifier(text);
            if (!code.isEmpty()) {
                codes.add(code);
            }
        }
    }

    /** Takes the product under an ordinal away with all its values. */
    public void remove(int ordinal) {
        if (products.page(ordinal >> 6) instanceof Page.Products page && page.has(ordinal)) {
            clearColumns(ordinal, page.values[page.rank(ordinal)].columns(), NO_COLUMNS);
            products.set(ordinal >> 6, page.without(ordinal));
        }
    }

    /** Takes the values away that a product had before and has no longer. */
    private void clearColumns(int ordinal, int[] before, int[] now) {
        for (int number : before) {
            if (Arrays.binarySearch(now, number) < 0) {
                Writer writer = writers.get(number);
                writer.remove(ordinal);
                noteChange(writer);
            }
        }
    }

    private void noteChange(Writer writer) {
        if (writer.pages.changed()) {
            changed.add(writer);
        }
    }

    private @Nullable Writer writer(String field, FieldType type) {
        Integer number = numbers.get(field);
        if (number != null) {
            return writers.get(number);
        }
        if (writers.size() >= columnsMax) {
            return null;
        }
        Writer writer = new Writer(writers.size(), type);
        writers.add(writer);
        numbers.put(field, writer.number);
        return writer;
    }

    private static Page without(Page page, int ordinal) {
        return switch (page) {
            case Page.Numbers numbers -> numbers.without(ordinal);
            case Page.Codes codes -> codes.without(ordinal);
            case Page.Products products -> products.without(ordinal);
        };
    }

    /** Makes all changes so far visible as one view. */
    public ColumnView publish() {
        int before = published.length;
        Column[] columns = Arrays.copyOf(published, writers.size());
        for (int i = before; i < columns.length; i++) {
            columns[i] = writers.get(i).publish();
        }
        for (Writer writer : changed) {
            columns[writer.number] = writer.publish();
        }
        changed.clear();
        if (columns.length != before) {
            publishedNumbers = Map.copyOf(numbers);
            publishedNames = new String[columns.length];
            publishedNumbers.forEach((name, number) -> publishedNames[number] = name);
        }
        published = columns;
        return new ColumnView(
                schema,
                products.publish(),
                publishedNumbers,
                publishedNames,
                published,
                Words.count(ordinalLimit));
    }
}
