package dev.vitrine.recommender.algorithm.similar;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.contracts.catalog.FieldValues;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads from a document whether the product can be had: it can, unless it has a stock and none of
 * its stocks is over zero. Immutable.
 */
public final class Stock {

    private final RoleFields fields;

    public Stock(CatalogSchema schema) {
        this.fields = new RoleFields(schema, FieldRole.STOCK);
    }

    public boolean available(Map<String, Object> document) {
        AtomicBoolean told = new AtomicBoolean();
        AtomicBoolean some = new AtomicBoolean();
        fields.forEach(
                document,
                (definition, value) -> {
                    double stock = stock(definition.type(), value);
                    if (!Double.isNaN(stock)) {
                        told.set(true);
                        some.compareAndSet(false, stock > 0);
                    }
                });
        return !told.get() || some.get();
    }

    private static double stock(FieldType type, Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : FieldValues.number(type, value);
    }
}
