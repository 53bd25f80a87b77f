package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.ProductLookup;
import dev.vitrine.contracts.index.ProductLookupResult;
import dev.vitrine.contracts.index.ProductLookupResult.FoundProduct;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the shard for the fields of recommended products. Thread-safe. */
final class ProductFields {
    private final Services services;

    ProductFields(Services services) {
        this.services = services;
    }

    /**
     * The products that the shard has, by id; what was deleted a moment ago is not among them.
     *
     * @param fields fields to return, null for all
     * @throws DependencyException when the index does not answer
     */
    Map<String, FoundProduct> find(
            String catalog,
            List<String> ids,
            @Nullable List<String> fields,
            RequestContext context) {
        return services
                .index()
                .post(
                        context,
                        new ProductLookup(ids, fields),
                        ProductLookupResult.class,
                        "/internal/v1/catalogs/{catalog}/products:lookup",
                        catalog)
                .products()
                .stream()
                .collect(Collectors.toMap(FoundProduct::id, Function.identity()));
    }
}
