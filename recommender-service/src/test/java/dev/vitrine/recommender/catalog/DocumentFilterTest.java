package dev.vitrine.recommender.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.servicekit.WireJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFilterTest {

    private static final CatalogSchema SCHEMA =
            WireJson.mapper()
                    .readValue(
                            """
                            {"fields":[
                             {"name":"title","type":"text","weight":3},
                             {"name":"brand","type":"keyword","filterable":true},
                             {"name":"price","type":"number","filterable":true},
                             {"name":"used","type":"boolean","filterable":true},
                             {"name":"since","type":"date","filterable":true},
                             {"name":"category","type":"category-path","filterable":true},
                             {"name":"attr_n_*","type":"number","filterable":true}]}
                            """,
                            CatalogSchema.class);

    private static final Map<String, Object> DOCUMENT =
            Map.of(
                    "title",
                    "Lamp",
                    "brand",
                    List.of("Acme", "Zenith"),
                    "price",
                    19.99,
                    "used",
                    false,
                    "since",
                    "2024-03-01",
                    "category",
                    "Home > Lighting>Desk lamps",
                    "attr_n_watt",
                    40,
                    "attr_n_broken",
                    "many");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "brand = \"Acme\" | true",
                "brand = \"Zenith\" | true",
                "brand = \"acme\" | false",
                "brand != \"Acme\" | false",
                "brand IN [\"X\", \"Zenith\"] | true",
                "brand EXISTS | true",
                "price = 19.99 | true",
                "price = 19.990 | true",
                "price < 19.99 | false",
                "price <= 19.99 | true",
                "price > 19.98 | true",
                "price 10 TO 19.99 | true",
                "price 20 TO 30 | false",
                "used = false | true",
                "used = true | false",
                "since = \"2024-03-01\" | true",
                "since >= \"2024-03-01T00:00:00Z\" | true",
                "since < \"2024-03-01T01:00:00+01:00\" | false",
                "since < \"2024-03-01T02:00:00+01:00\" | true",
                "category = \"Home\" | true",
                "category = \"Home > Lighting\" | true",
                "category = \"Home>Lighting > Desk lamps\" | true",
                "category = \"Lighting\" | false",
                "attr_n_watt >= 40 | true",
                "attr_n_volt >= 40 | false",
                "attr_n_volt < 40 | false",
                "NOT attr_n_volt >= 40 | true",
                "attr_n_volt EXISTS | false",
                "attr_n_broken EXISTS | false",
                "brand = \"Acme\" AND price > 100 | false",
                "brand = \"Acme\" AND NOT price > 100 | true",
                "brand = \"X\" OR price < 100 | true",
                "(brand = \"X\" OR used = true) AND price < 100 | false",
            })
    void matches_conditions_asTheSchemaReadsThem(String filter, boolean expected) {
        assertThat(DocumentFilter.of(SCHEMA, FilterParser.parse(filter)).matches(DOCUMENT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour = \"red\"",
                "title = \"Lamp\"",
                "price = \"cheap\"",
                "brand > \"A\"",
                "used = \"maybe\"",
                "since > \"yesterday\"",
                "category > \"Home\""
            })
    void of_conditionThatDoesNotFitTheSchema_isRefused(String filter) {
        assertThatThrownBy(() -> DocumentFilter.of(SCHEMA, FilterParser.parse(filter)))
                .isInstanceOf(FilterException.class);
    }

    @Test
    void of_faultInATree_pointsAtIt() {
        assertThatThrownBy(() ->
                        DocumentFilter.of(
                                SCHEMA,
                                FilterParser.parse(
                                        "price > 1 AND (used = true OR colour = \"a\")")))
                .isInstanceOfSatisfying(
                        FilterException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/and/1/or/1"));
    }
}
