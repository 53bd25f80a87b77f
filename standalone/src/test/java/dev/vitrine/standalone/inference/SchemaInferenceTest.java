package dev.vitrine.standalone.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.FieldType;
import dev.vitrine.standalone.source.NumberStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SchemaInferenceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> BRANDS = List.of("Acme", "Borealis", "Cento", "Delta Works");

    /** A table of offers as price comparison shops export it: everything is a string. */
    @Test
    void propose_offersFromCsv_findsRolesTypesAndFacets() {
        SchemaInference inference = new SchemaInference();
        for (int i = 0; i < 400; i++) {
            ObjectNode row = JSON.createObjectNode();
            row.put("id", Integer.toString(i));
            row.put(
                    "title",
                    BRANDS.get(i % 4) + " wireless desk lamp number " + i + " with adapter");
            row.put("modelno", i % 3 == 0 ? "0" + (1000 + i) : "DL-" + i);
            if (i % 8 != 0) {
                row.put(
                        "price",
                        i == 101 ? "call us" : i % 5 == 0 ? "$1,0" + (10 + i % 80) : "" + i);
            }
            row.put("brand", BRANDS.get(i % 4));
            row.put("dimensions", (i % 30) + " x " + (i % 7) + " x 2." + i + " inches");
            inference.add(row);
        }
        InferredSchema schema = inference.propose();

        assertThat(schema.idField()).contains("id");
        assertThat(schema.idIsNumber()).isFalse();
        assertThat(schema.semanticText()).isEqualTo("{title}");
        assertThat(field(schema, "title").type()).isEqualTo(FieldType.TEXT);
        assertThat(field(schema, "title").role()).isEqualTo("title");
        assertThat(field(schema, "modelno").type()).isEqualTo(FieldType.KEYWORD);
        assertThat(field(schema, "modelno").role()).isEqualTo("identifier");
        assertThat(field(schema, "price").type()).isEqualTo(FieldType.NUMBER);
        assertThat(field(schema, "price").sortable()).isTrue();
        assertThat(field(schema, "dimensions").type()).isEqualTo(FieldType.TEXT);
        assertThat(schema.facets()).isEqualTo("brand, price");
        assertThat(schema.numberStyles()).containsEntry("price", NumberStyle.POINT);
        assertThat(schema.fields()).extracting(InferredField::name).doesNotContain("id");
    }

    @Test
    void propose_documents_findsCategoryStockDateImageAndBrandlessTitles() {
        SchemaInference inference = new SchemaInference();
        for (int i = 0; i < 200; i++) {
            ObjectNode product = JSON.createObjectNode();
            product.put("id", 5_000 + i);
            product.put("name", "Garden chair of solid oak wood, model " + i);
            product.put("body_html", "<p>A chair for the garden</p> ".repeat(5) + i);
            product.put("manufacturer", BRANDS.get(i % 3));
            product.put("breadcrumb", "Home/Garden/" + (i % 2 == 0 ? "Chairs" : "Seats"));
            product.put("price", 12.5 + i);
            product.put("in_stock", i % 2 == 0);
            product.put("quantity", i % 50);
            product.put("created", "2024-03-%02dT10:00:00Z".formatted(1 + i % 28));
            product.put("image_url", "https://img.example/p/" + i + ".jpg");
            product.put("link", "https://shop.example/p/" + i);
            product.put("ean", "40123456%05d".formatted(i));
            product.putArray("tags").add("wood").add(i % 2 == 0 ? "oak" : "sale");
            product.putObject("nested").put("x", 1);
            inference.add(product);
        }
        InferredSchema schema = inference.propose();

        assertThat(schema.idIsNumber()).isTrue();
        assertThat(schema.semanticText()).isEqualTo("{manufacturer} {name}");
        assertThat(field(schema, "body_html").role()).isEqualTo("description");
        assertThat(field(schema, "breadcrumb").type()).isEqualTo(FieldType.CATEGORY_PATH);
        assertThat(schema.pathSeparators()).containsExactly(Map.entry("breadcrumb", "/"));
        assertThat(field(schema, "quantity").role()).isEqualTo("stock");
        assertThat(field(schema, "in_stock").type()).isEqualTo(FieldType.BOOLEAN);
        assertThat(field(schema, "created").type()).isEqualTo(FieldType.DATE);
        assertThat(field(schema, "image_url").role()).isEqualTo("image");
        assertThat(field(schema, "link").role()).isEqualTo("url");
        assertThat(field(schema, "link").weight()).isZero();
        assertThat(field(schema, "ean").type()).isEqualTo(FieldType.KEYWORD);
        assertThat(field(schema, "tags").facet()).isTrue();
        assertThat(schema.fields()).extracting(InferredField::name).doesNotContain("nested");
    }

    @Test
    void propose_oneIdentifierWithoutId_becomesTheIdentity() {
        SchemaInference inference = new SchemaInference();
        IntStream.range(0, 50)
                .mapToObj(i ->
                        JSON.createObjectNode()
                                .put("sku", "A-" + i)
                                .put("title", "A thing with the number " + i))
                .forEach(inference::add);
        assertThat(inference.propose().idField()).contains("sku");
    }

    @Test
    void propose_fewProductsOfAsManyCategories_areIdentifiedByTheirSku() {
        SchemaInference inference = new SchemaInference();
        for (int i = 0; i < 3; i++) {
            inference.add(
                    JSON.createObjectNode()
                            .put("category_id", "c" + i)
                            .put("sku", "A-" + i)
                            .put("title", "A thing with the number " + i));
        }
        assertThat(inference.propose().idField()).contains("sku");
        assertThat(inference.propose("title").orElseThrow().idField()).contains("title");
        assertThat(inference.propose("ean")).isEmpty();
    }

    @Test
    void shapeFor_aSchemaThatHoldsTexts_leavesNumbersAndPathsAlone() {
        SchemaInference inference = new SchemaInference();
        for (int i = 0; i < 100; i++) {
            inference.add(
                    JSON.createObjectNode()
                            .put("id", "p" + i)
                            .put("size", i == 0 ? "XL" : "1," + i)
                            .put("price", "2," + i));
        }
        InferredSchema schema = inference.propose();
        assertThat(schema.shape().numberStyles()).containsOnlyKeys("size", "price");
        assertThat(
                        schema.shapeFor(
                                        JSON.readTree(
                                                """
                                                {"fields": [{"name": "size", "type": "keyword"},
                                                            {"name": "price", "type": "number"}]}
                                                """))
                                .numberStyles())
                .containsOnlyKeys("price");
    }

    @Test
    void propose_nothingIdentifies_saysSo() {
        SchemaInference inference = new SchemaInference();
        IntStream.range(0, 50)
                .mapToObj(i -> JSON.createObjectNode().put("title", "The same thing again"))
                .forEach(inference::add);
        assertThat(inference.propose().idField()).isEmpty();
    }

    @Test
    void propose_thousandsOfAttributes_becomePatterns() {
        SchemaInference inference = new SchemaInference();
        for (int i = 0; i < 300; i++) {
            ObjectNode product = JSON.createObjectNode();
            product.put("id", "p" + i);
            product.put("title", "A product of many attributes, number " + i);
            for (int k = 0; k < 20; k++) {
                int key = (i * 7 + k) % 600;
                product.put("attr_n_weight_" + key, key * 0.5);
                product.put("attr_t_colour_" + key, key % 10 == 0 ? "2" : "shade of grey " + key);
                product.put("attr_b_flag_" + key, key % 2 == 0);
            }
            inference.add(product);
        }
        InferredSchema schema = inference.propose();

        assertThat(schema.fields())
                .extracting(InferredField::name)
                .containsExactlyInAnyOrder("title", "attr_n_*", "attr_t_*", "attr_b_*");
        assertThat(field(schema, "attr_n_*").type()).isEqualTo(FieldType.NUMBER);
        assertThat(field(schema, "attr_t_*").type()).isEqualTo(FieldType.KEYWORD);
        assertThat(field(schema, "attr_b_*").type()).isEqualTo(FieldType.BOOLEAN);
        // A string that looks like a number stays a string under a pattern of strings.
        assertThat(schema.numberStyles()).isEmpty();
    }

    @Test
    void toJson_isTheFormOfTheInterface() {
        InferredSchema schema =
                new InferredSchema(
                        List.of(
                                new InferredField(
                                        "title", FieldType.TEXT, 3, false, false, false, "title"),
                                new InferredField(
                                        "path",
                                        FieldType.CATEGORY_PATH,
                                        0,
                                        true,
                                        true,
                                        false,
                                        null)),
                        "{title}",
                        Optional.of("id"),
                        false,
                        Map.of(),
                        Map.of());
        assertThat(schema.toJson(JSON).toString())
                .isEqualTo(
                        "{\"fields\":[{\"name\":\"title\",\"type\":\"text\",\"weight\":3.0,\"role\":\"title\"},"
                                + "{\"name\":\"path\",\"type\":\"category-path\",\"filterable\":true,\"facet\":true}],"
                                + "\"semanticText\":\"{title}\"}");
    }

    private static InferredField field(InferredSchema schema, String name) {
        return schema.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
