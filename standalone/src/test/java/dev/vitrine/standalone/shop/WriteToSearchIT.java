package dev.vitrine.standalone.shop;

import static dev.vitrine.standalone.shop.Shop.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written over REST is found, changed and gone, in every leg. */
final class WriteToSearchIT {

    private static final String SCHEMA =
            """
            {"fields": [
              {"name": "title", "type": "text", "weight": 3, "role": "title"},
              {"name": "brand", "type": "keyword", "weight": 1, "filterable": true, "facet": true,
               "role": "brand"},
              {"name": "price", "type": "number", "filterable": true, "facet": true,
               "sortable": true, "role": "price"},
              {"name": "stock", "type": "number", "filterable": true, "role": "stock"},
              {"name": "sku", "type": "keyword", "weight": 1, "role": "identifier"}]}
            """;

    private final Shop shop = ElectronicsShop.shop();
    private final String catalog = "writes-" + Long.toString(System.nanoTime(), 36);

    @BeforeEach
    void create() {
        assertThat(shop.put("/v1/catalogs/" + catalog, SCHEMA).status()).isEqualTo(201);
    }

    @Test
    void put_patch_delete_areSearchableWhenTheySayso() {
        Shop.Answer created =
                put("sku-1", "{\"title\": \"Red bicycle bell\", \"price\": 9.5, \"stock\": 3}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.etag()).isEqualTo("\"1\"");
        assertThat(ids("bicycle bell")).containsExactly("sku-1");

        assertThat(shop.patch(path("sku-1") + "?wait=searchable", "{\"price\": 4.25}").status())
                .isEqualTo(200);
        JsonNode found = shop.search(catalog, query("bell").put("filter", "price < 5"));
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(found.get("hits").get(0).get("fields").get("price").asDouble()).isEqualTo(4.25);

        assertThat(shop.delete(path("sku-1") + "?wait=searchable").status()).isEqualTo(204);
        assertThat(ids("bicycle bell")).isEmpty();
        assertThat(ids("")).isEmpty();
        assertThat(shop.get(path("sku-1")).status()).isEqualTo(404);
    }

    @Test
    void ifMatch_ofAnOldVersion_is412AndChangesNothing() {
        put("a", "{\"title\": \"One\"}");
        put("a", "{\"title\": \"Two\"}");
        Shop.Answer refused =
                shop.send(
                        "PUT",
                        path("a"),
                        "{\"title\": \"Three\"}",
                        "Content-Type",
                        "application/json",
                        "If-Match",
                        "\"1\"");
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.body().get("code").asString()).isEqualTo("PRECONDITION_FAILED");
        assertThat(shop.get(path("a")).body().get("title").asString()).isEqualTo("Two");
    }

    @Test
    void identifier_asTheWholeQuery_winsWhateverTheVectorsSay() {
        put("x", "{\"title\": \"Plain cable\", \"sku\": \"WH-1000/XM3\"}");
        put("y", "{\"title\": \"WH 1000 XM3 headphones from Sony\", \"sku\": \"other\"}");
        ElectronicsShop.awaitVectors(catalog);
        for (String q : List.of("WH-1000/XM3", "wh1000xm3", "wh-1000xm3")) {
            JsonNode first = shop.search(catalog, query(q)).get("hits").get(0);
            assertThat(first.get("id").asString()).isEqualTo("x");
            assertThat(first.get("matchedBy").toString()).contains("identifier");
        }
    }

    @Test
    void aProductByMeaning_isFoundOnceItsVectorIsThere() {
        put("bulb", "{\"title\": \"LED light bulb for your home\"}");
        put("food", "{\"title\": \"Canned dog food\"}");
        ElectronicsShop.awaitVectors(catalog);
        JsonNode answer =
                shop.search(catalog, query("lamp").put("mode", "hybrid").put("explain", true));
        assertThat(answer.get("partial")).isEmpty();
        assertThat(ids(answer)).containsExactly("bulb");
        assertThat(answer.get("hits").get(0).get("matchedBy").toString()).contains("semantic");
    }

    @Test
    void similar_leavesOutItselfItsDuplicateAndWhatIsNotInStock() {
        put("a", "{\"title\": \"Garden hose 10 m green\", \"stock\": 1}");
        put("a2", "{\"title\": \"Garden hose 10 m green\", \"stock\": 1}");
        put("b", "{\"title\": \"Garden hose 20 m\", \"stock\": 5, \"brand\": \"Wet\"}");
        put("c", "{\"title\": \"Garden hose 30 m\", \"stock\": 0}");
        put("d", "{\"title\": \"Garden hose reel\", \"stock\": 5, \"brand\": \"Dry\"}");
        ElectronicsShop.awaitVectors(catalog);
        assertThat(similar("{\"limit\": 10}")).containsExactlyInAnyOrder("b", "d");
        assertThat(similar("{\"filter\": \"brand = \\\"Dry\\\"\"}")).containsExactly("d");
        assertThat(shop.post(path("nobody") + "/similar", "{}").status()).isEqualTo(404);
    }

    @Test
    void import_badLinesAmongGoodOnes_areNamedAndNothingElseIsLost() {
        String lines =
                """
                {"id": "1", "title": "first"}
                {"id": "2", "title": "second", "price": "not a number"}
                this is no JSON
                {"title": "no id"}
                {"id": "1", "title": "first again"}
                {"id": "3", "title": "third", "price": 1e400}
                {"id": "4", "title": "fourth"}
                """;
        List<JsonNode> results = shop.importLines(catalog, "upsert", lines);
        assertThat(results.stream().limit(7).map(line -> line.get("status").asString()))
                .containsExactly(
                        "created",
                        "rejected",
                        "rejected",
                        "rejected",
                        "updated",
                        "rejected",
                        "created");
        assertThat(results.get(1).get("error").get("pointer").asString()).isEqualTo("/price");
        JsonNode summary = results.getLast().get("summary");
        assertThat(summary.get("accepted").asInt()).isEqualTo(3);
        assertThat(summary.get("rejected").asInt()).isEqualTo(4);
        ElectronicsShop.awaitVectors(catalog);
        assertThat(ids("")).containsExactlyInAnyOrder("1", "4");
        assertThat(shop.get(path("1")).body().get("title").asString()).isEqualTo("first again");
    }

    @Test
    void thousandsOfPriceChanges_endWithTheLastOne() {
        String products =
                String.join(
                        "\n",
                        IntStream.range(0, 500)
                                .mapToObj(i -> "{\"id\": \"p" + i + "\", \"price\": 0}")
                                .toList());
        shop.importLines(catalog, "upsert", products);
        for (int round = 1; round <= 5; round++) {
            int price = round;
            shop.importLines(
                    catalog, "upsert", products.replace("\"price\": 0", "\"price\": " + price));
        }
        ElectronicsShop.awaitVectors(catalog);
        JsonNode answer =
                shop.search(
                        catalog,
                        query("")
                                .put("filter", "price = 5")
                                .put("limit", 0)
                                .set("facets", Shop.JSON.valueToTree(List.of("price"))));
        assertThat(answer.get("total").asInt()).isEqualTo(500);
        assertThat(answer.get("facets").get("price").get("stats").get("min").asDouble())
                .isEqualTo(5);
    }

    private Shop.Answer put(String id, String json) {
        return shop.put(path(id) + "?wait=searchable", json);
    }

    private String path(String id) {
        return "/v1/catalogs/" + catalog + "/products/" + Shop.encode(id);
    }

    private List<String> similar(String request) {
        JsonNode answer = shop.post(path("a") + "/similar", request).body();
        return ids(answer.get("items"), "id");
    }

    private List<String> ids(String q) {
        return ids(shop.search(catalog, query(q)));
    }

    private static List<String> ids(JsonNode response) {
        return ids(response.get("hits"), "id");
    }

    private static List<String> ids(JsonNode items, String name) {
        return items.valueStream().map(item -> item.get(name).asString()).toList();
    }
}
