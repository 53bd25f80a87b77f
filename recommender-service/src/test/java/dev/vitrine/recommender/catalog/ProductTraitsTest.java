package dev.vitrine.recommender.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.servicekit.WireJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductTraitsTest {

    private static final CatalogSchema TITLES =
            schema("{\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"role\":\"title\"}]}");
    private static final CatalogSchema STOCKS =
            schema("{\"fields\":[{\"name\":\"s\",\"type\":\"boolean\",\"role\":\"stock\"}]}");

    private final CatalogRecords records = new CatalogRecords(10);

    @Test
    void available_stockAsTruthValue_isUnderstood() {
        assertThat(new ProductTraits(STOCKS, Map.of("s", true)).available()).isTrue();
        assertThat(new ProductTraits(STOCKS, Map.of("s", false)).available()).isFalse();
        assertThat(new ProductTraits(STOCKS, Map.of()).available()).isTrue();
    }

    @Test
    void traits_anotherSchema_areReadAnew() {
        records.product("a", 1, Map.of("title", "A", "s", false), "hash");
        CatalogProduct product = product("a");

        assertThat(product.traits(TITLES).available()).isTrue();
        assertThat(product.traits(TITLES)).isSameAs(product.traits(TITLES));
        assertThat(product.traits(STOCKS).available()).isFalse();
        assertThat(product.traits(TITLES).available()).isTrue();
    }

    @Test
    void traits_newVersionOfTheProduct_areReadAnew() {
        records.product("a", 1, Map.of("s", false), "hash");
        assertThat(product("a").traits(STOCKS).available()).isFalse();

        records.product("a", 2, Map.of("s", true), "hash");
        assertThat(product("a").traits(STOCKS).available()).isTrue();
    }

    private CatalogProduct product(String id) {
        return records.view().find(id).orElseThrow();
    }

    private static CatalogSchema schema(String json) {
        return WireJson.mapper().readValue(json, CatalogSchema.class);
    }
}
