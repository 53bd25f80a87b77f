package dev.vitrine.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.SearchPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Golden messages, read both ways; a field of a later version must not stop today's code. */
final class ProductChangedWireTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void productChanged_golden_bothWays() throws IOException {
        ProductChanged event =
                new ProductChanged(
                        "default",
                        "shop",
                        "sku/1",
                        3,
                        2,
                        Map.of("title", "Toner", "price", 49.95, "ean", List.of("0095205603217")),
                        "Toner",
                        "00112233445566778899aabbccddeeff",
                        "ffeeddccbbaa99887766554433221100");
        byte[] golden = golden("product-changed.v1.json");
        assertThat(JSON.readTree(JSON.writeValueAsBytes(event))).isEqualTo(JSON.readTree(golden));
        assertThat(JSON.readValue(golden, ProductChanged.class)).isEqualTo(event);
    }

    @Test
    void searchPlan_golden_bothWays() throws IOException {
        byte[] golden = golden("search-plan.v1.json");
        SearchPlan plan = JSON.readValue(golden, SearchPlan.class);
        assertThat(JSON.readTree(JSON.writeValueAsBytes(plan))).isEqualTo(JSON.readTree(golden));
        assertThat(VectorBytes.decode(Objects.requireNonNull(plan.vector())))
                .containsExactly(1f, -0.5f);
        assertThat(plan.facets()).hasSize(1);
    }

    @Test
    void productChanged_fieldOfALaterVersion_isReadOver() throws IOException {
        String later =
                new String(golden("product-changed.v1.json"), StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"invented\": [1, 2], ");
        assertThat(JSON.readValue(later, ProductChanged.class).id()).isEqualTo("sku/1");
    }

    @Test
    void catalogChanged_alias_golden_bothWays() throws IOException {
        CatalogChanged alias =
                new CatalogChanged(
                        "default",
                        "shop",
                        3,
                        true,
                        new CatalogSchema(List.of(), null),
                        "green",
                        Instant.parse("2026-11-26T10:00:00.123456Z"));
        byte[] golden = golden("catalog-alias.v1.json");
        assertThat(JSON.readTree(JSON.writeValueAsBytes(alias))).isEqualTo(JSON.readTree(golden));
        assertThat(JSON.readValue(golden, CatalogChanged.class)).isEqualTo(alias);
    }

    @Test
    void catalogChanged_withoutAliasAndTime_isNeither() {
        CatalogChanged catalog =
                JSON.readValue(
                        """
                        {"tenant":"default","catalog":"shop","schemaVersion":1,"deleted":false,
                         "schema":{"fields":[]}}
                        """,
                        CatalogChanged.class);
        assertThat(catalog.aliasOf()).isNull();
        assertThat(catalog.since()).isNull();
        assertThat(JSON.writeValueAsString(catalog)).doesNotContain("aliasOf", "since");
    }

    @Test
    void vectorBytes_badInput_isRefused() {
        assertThatThrownBy(() -> VectorBytes.decode(new byte[5])).hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> VectorBytes.decode(VectorBytes.encode(new float[] {Float.NaN})))
                .hasMessageContaining("not finite");
    }

    /** The numbers are fixed for ever: other code writes to the same partitions. */
    @Test
    void partition_ofAKey_neverChanges() {
        CatalogRef shop = new CatalogRef("default", "shop");
        assertThat(ProductPartitions.of(new ProductKey(shop, "1"))).isEqualTo(39);
        assertThat(ProductPartitions.of(new ProductKey(shop, "sku/1"))).isEqualTo(16);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ProductChangedWireTest.class.getResourceAsStream("/golden/" + name))) {
            return in.readAllBytes();
        }
    }
}
