package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.FieldDefinition;
import dev.vitrine.contracts.catalog.FieldRole;
import dev.vitrine.contracts.catalog.FieldValues;
import dev.vitrine.recommender.catalog.CatalogProduct;
import dev.vitrine.recommender.catalog.CatalogView;
import dev.vitrine.recommender.catalog.DocumentFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be offered in one request: in the catalogue, in stock, inside the filter. */
final class Shelf {
    private final CatalogView view;
    private final CatalogSchema schema;
    private final @Nullable DocumentFilter filter;
    private final Set<String> hidden;

    Shelf(
            CatalogView view,
            CatalogSchema schema,
            @Nullable DocumentFilter filter,
            Set<String> hidden) {
        this.view = view;
        this.schema = schema;
        this.filter = filter;
        this.hidden = hidden;
    }

    CatalogView view() {
        return view;
    }

    CatalogSchema schema() {
        return schema;
    }

    boolean offers(String id) {
        return view.find(id).filter(this::offers).isPresent();
    }

    boolean offers(CatalogProduct product) {
        if (hidden.contains(product.id())) {
            return false;
        }
        return product.traits(schema).available()
                && (filter == null || filter.matches(product.document()));
    }

    /** The title for a reason; the id where there is none. */
    String title(String id) {
        return view.find(id)
                .map(CatalogProduct::document)
                .flatMap(document -> first(document, FieldRole.TITLE))
                .orElse(id);
    }

    /** The narrowest category, with its ancestors where the field holds paths. */
    Optional<String> category(String id) {
        return view.find(id)
                .map(CatalogProduct::document)
                .flatMap(document -> last(document, FieldRole.CATEGORY));
    }

    private Optional<String> first(Map<String, Object> document, FieldRole role) {
        return terms(document, role).stream().findFirst();
    }

    private Optional<String> last(Map<String, Object> document, FieldRole role) {
        List<String> terms = terms(document, role);
        return terms.isEmpty() ? Optional.empty() : Optional.of(terms.getLast());
    }

    private List<String> terms(Map<String, Object> document, FieldRole role) {
        for (FieldDefinition field : schema.withRole(role)) {
            List<String> terms =
                    List.copyOf(FieldValues.terms(field.type(), document.get(field.name())));
            if (!terms.isEmpty()) {
                return terms;
            }
        }
        return List.of();
    }
}
