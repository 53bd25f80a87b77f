package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import java.text.Normalizer;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the roles of a schema's fields say of one product: whether it can be had, and what tells it
 * from others. Immutable.
 */
public final class ProductTraits {

    private static final Pattern BETWEEN_CODE_PARTS = Pattern.compile("[\\s\\-/.]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final CatalogSchema schema;
    private final boolean available;
    private final Set<String> identifiers;
    private final Set<String> titles;

    ProductTraits(CatalogSchema schema, Map<String, Object> document) {
        this.schema = schema;
        this.available = available(new RoleFields(schema, FieldRole.STOCK), document);
        this.identifiers =
                values(
                        new RoleFields(schema, FieldRole.IDENTIFIER),
                        document,
                        BETWEEN_CODE_PARTS,
                        "");
        this.titles = values(new RoleFields(schema, FieldRole.TITLE), document, BETWEEN_WORDS, " ");
    }

    CatalogSchema schema() {
        return schema;
    }

    /** It can be had, unless it has a stock and none of its stocks is over zero. */
    public boolean available() {
        return available;
    }

    /** Whether both are one product under two ids: an identifier or a title is the same. */
    public boolean duplicate(ProductTraits other) {
        return !Collections.disjoint(identifiers, other.identifiers)
                || !Collections.disjoint(titles, other.titles);
    }

    private static boolean available(RoleFields fields, Map<String, Object> document) {
        DoubleSummaryStatistics stocks = new DoubleSummaryStatistics();
        fields.forEach(
                document,
                (definition, value) -> {
                    double stock = stock(definition.type(), value);
                    if (!Double.isNaN(stock)) {
                        stocks.accept(stock);
                    }
                });
        return stocks.getCount() == 0 || stocks.getMax() > 0;
    }

    private static double stock(FieldType type, Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : FieldValues.number(type, value);
    }

    /** Values without case, width and what does not tell products apart. */
    private static Set<String> values(
            RoleFields fields, Map<String, Object> document, Pattern noise, String replacement) {
        Set<String> values = new HashSet<>();
        fields.forEach(
                document,
                (definition, value) -> {
                    for (Object single : FieldValues.each(value)) {
                        String text = FieldValues.text(single);
                        if (text != null) {
                            String folded =
                                    Normalizer.normalize(text, Normalizer.Form.NFKC)
                                            .toLowerCase(Locale.ROOT);
                            values.add(noise.matcher(folded).replaceAll(replacement).strip());
                        }
                    }
                });
        values.remove("");
        return Set.copyOf(values);
    }
}
