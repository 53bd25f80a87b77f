package dev.vitrine.standalone.shop;

import static dev.vitrine.standalone.shop.Shop.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * For every query that comes with the demo catalogue: total, facets, filters, sorting and pages are
 * recounted by hand over the whole kept set as it comes back page by page.
 */
final class KeptSetIT {

    private static final String CATALOG = "electronics";
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = ElectronicsShop.shop();
    }

    static Stream<String> queries() throws IOException {
        try (InputStream in =
                        Objects.requireNonNull(
                                KeptSetIT.class.getResourceAsStream(
                                        "/demo/electronics/judgments.tsv"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .distinct()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyCount_isOverExactlyTheKeptSet(String q) {
        List<JsonNode> kept =
                shop.searchAll(
                        CATALOG,
                        query(q).set(
                                        "fields",
                                        Shop.JSON.valueToTree(List.of("supplier", "price"))));
        JsonNode counted =
                shop.search(
                        CATALOG,
                        query(q).put("limit", 0)
                                .set(
                                        "facets",
                                        Shop.JSON.readTree(
                                                """
                                                [{"name": "supplier", "limit": 1000},
                                                 {"name": "price", "ranges": [{"to": 100}, {"from": 100}]}]
                                                """)));

        assertThat(counted.get("total").asInt()).isEqualTo(kept.size());
        assertThat(counted.get("totalRelation").asString()).isEqualTo("exact");
        assertThat(ids(kept)).doesNotHaveDuplicates();
        assertThat(facet(counted, "supplier")).isEqualTo(countSuppliers(kept));
        assertPriceFacet(counted.get("facets").get("price"), kept);

        Map<String, Integer> suppliers = countSuppliers(kept);
        suppliers.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(top -> assertFilterKeepsTheCut(q, kept, top.getKey()));
        assertSortedByPrice(q, kept);
    }

    /** A filter takes products away; it never lets in others and never moves the cut. */
    private static void assertFilterKeepsTheCut(String q, List<JsonNode> kept, String supplier) {
        String filter = "supplier = \"" + supplier.replace("\"", "\\\"") + "\"";
        List<JsonNode> filtered = shop.searchAll(CATALOG, query(q).put("filter", filter));
        assertThat(ids(filtered))
                .containsExactlyElementsOf(
                        ids(kept.stream().filter(hit -> supplier.equals(supplier(hit))).toList()));
    }

    private static void assertSortedByPrice(String q, List<JsonNode> kept) {
        List<JsonNode> sorted =
                shop.searchAll(
                        CATALOG, query(q).set("sort", Shop.JSON.valueToTree(List.of("price:asc"))));
        assertThat(ids(sorted)).containsExactlyInAnyOrderElementsOf(ids(kept));
        List<Double> prices =
                sorted.stream()
                        .map(hit -> hit.get("fields").path("price"))
                        .map(price -> price.isNumber() ? price.asDouble() : Double.MAX_VALUE)
                        .toList();
        assertThat(prices).isSortedAccordingTo(Comparator.naturalOrder());
    }

    private static void assertPriceFacet(JsonNode facet, List<JsonNode> kept) {
        List<Double> prices = new ArrayList<>();
        for (JsonNode hit : kept) {
            if (hit.get("fields").path("price").isNumber()) {
                prices.add(hit.get("fields").get("price").asDouble());
            }
        }
        assertThat(facet.get("missing").asInt()).isEqualTo(kept.size() - prices.size());
        assertThat(facet.get("ranges").get(0).get("count").asLong())
                .isEqualTo(prices.stream().filter(price -> price < 100).count());
        assertThat(facet.get("ranges").get(1).get("count").asLong())
                .isEqualTo(prices.stream().filter(price -> price >= 100).count());
        if (!prices.isEmpty()) {
            JsonNode stats = facet.get("stats");
            assertThat(stats.get("count").asInt()).isEqualTo(prices.size());
            assertThat(stats.get("min").asDouble())
                    .isEqualTo(prices.stream().min(Double::compare).orElseThrow());
            assertThat(stats.get("max").asDouble())
                    .isEqualTo(prices.stream().max(Double::compare).orElseThrow());
        }
    }

    private static Map<String, Integer> countSuppliers(List<JsonNode> hits) {
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode hit : hits) {
            if (hit.get("fields").has("supplier")) {
                counts.merge(supplier(hit), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static String supplier(JsonNode hit) {
        return hit.get("fields").path("supplier").asString("");
    }

    private static Map<String, Integer> facet(JsonNode response, String name) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode value : response.get("facets").get(name).get("values")) {
            counts.put(value.get("value").asString(), value.get("count").asInt());
        }
        return counts;
    }

    private static List<String> ids(List<JsonNode> hits) {
        return hits.stream().map(hit -> hit.get("id").asString()).toList();
    }
}
