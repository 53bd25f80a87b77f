package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.index.ProductLookup;
import dev.vitrine.contracts.wire.JsonProperties;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.DocumentFields;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the shard for the fields of recommended products. Thread-safe. */
final class ProductFields {
    private final Services services;

    ProductFields(Services services) {
        this.services = services;
    }

    /**
     * Fields of the products that the shard has, by id; what was deleted a moment ago is not among
     * them. They go out as the JSON that they are: a page of whole documents is thousands of values
     * that nobody here looks at.
     *
     * @param fields fields to return, null for all
     * @throws DependencyException when the index does not answer
     */
    Map<String, DocumentFields> find(
            String catalog,
            List<String> ids,
            @Nullable List<String> fields,
            RequestContext context) {
        return services.index()
                .post(
                        context,
                        new ProductLookup(ids, fields),
                        ProductFields::read,
                        "/internal/v1/catalogs/{catalog}/products:lookup",
                        catalog);
    }

    private static Map<String, DocumentFields> read(byte[] answer) {
        JsonProperties result = JsonProperties.of(answer);
        Map<String, DocumentFields> fields = new HashMap<>();
        for (JsonProperties product : result.objects(result.find("products"))) {
            fields.put(
                    WireJson.read(product.value(product.find("id")), String.class),
                    new DocumentFields(product.value(product.find("fields"))));
        }
        return fields;
    }
}
