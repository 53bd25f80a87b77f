package dev.vitrine.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

final class CatalogSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final CatalogSchema SCHEMA =
            JSON.readValue(
                    """
                    {"fields": [
                      {"name": "title", "type": "text", "weight": 3, "role": "title"},
                      {"name": "attr_*", "type": "keyword", "filterable": true},
                      {"name": "attr_n_*", "type": "number", "facet": true},
                      {"name": "attr_n_ean", "type": "keyword", "role": "identifier"}]}
                    """,
                    CatalogSchema.class);

    @Test
    void resolve_exactNameWinsThenTheLongestPrefix() {
        assertThat(SCHEMA.resolve("attr_n_ean").orElseThrow().type()).isEqualTo(FieldType.KEYWORD);
        assertThat(SCHEMA.resolve("attr_n_width").orElseThrow().type()).isEqualTo(FieldType.NUMBER);
        assertThat(SCHEMA.resolve("attr_colour").orElseThrow().type()).isEqualTo(FieldType.KEYWORD);
        assertThat(SCHEMA.resolve("unknown")).isEmpty();
    }

    @Test
    void semanticTemplate_absent_isTheTitle() {
        assertThat(SCHEMA.semanticTemplate()).isEqualTo("{title}");
    }

    @Test
    void json_roundTrip_isEqual() {
        assertThat(JSON.readValue(JSON.writeValueAsString(SCHEMA), CatalogSchema.class))
                .isEqualTo(SCHEMA);
    }

    @ParameterizedTest
    @EnumSource
    void wireName_ofAType_isItsNameInJson(FieldType type) {
        assertThat(JSON.writeValueAsString(type)).isEqualTo('"' + type.wireName() + '"');
    }

    @Test
    void productKey_idWithSlashes_roundTrips() {
        ProductKey key = new ProductKey(new CatalogRef("default", "shop"), "a/b/c");
        assertThat(ProductKey.parse(key.key())).isEqualTo(key);
    }

    @Test
    void names_thatCannotBe_areRefused() {
        assertThatThrownBy(() -> new CatalogRef("default", "Shop"))
                .hasMessageContaining("catalog must be");
        assertThatThrownBy(() -> new ProductKey(new CatalogRef("default", "shop"), "a\nb"))
                .hasMessageContaining("control");
        assertThatThrownBy(() -> ProductKey.parse("default/shop"))
                .hasMessageContaining("not a product key");
    }
}
