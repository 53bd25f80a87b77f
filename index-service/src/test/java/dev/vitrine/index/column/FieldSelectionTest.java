package dev.vitrine.index.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.servicekit.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldSelectionTest {

    private static final Map<String, Object> DOCUMENT = new LinkedHashMap<>();

    static {
        DOCUMENT.put("title", "A \"quoted\" ünï title, {with} everything");
        DOCUMENT.put("price", 9.5);
        DOCUMENT.put("attr_t_colour", List.of("red", "blue"));
        DOCUMENT.put("attr_n_weight", Map.of("value", 1, "unit", "kg"));
        DOCUMENT.put("größe", true);
    }

    @Test
    void selectsByNameAndByPrefixInTheDocumentsOrder() {
        assertThat(selected(DOCUMENT, List.of("größe", "title"))).isEqualTo(only("title", "größe"));
        assertThat(selected(DOCUMENT, List.of("attr_*")))
                .isEqualTo(only("attr_t_colour", "attr_n_weight"));
        assertThat(selected(DOCUMENT, List.of("attr_", "nothing"))).isEqualTo("{}");
        assertThat(selected(DOCUMENT, List.of("*"))).isEqualTo(json(DOCUMENT));
        assertThat(selected(DOCUMENT, null)).isEqualTo(json(DOCUMENT));
    }

    @Test
    void findsNamesThatAreWrittenWithEscapes() {
        Map<String, Object> document = Map.of("a\"b", 1, "c", 2);

        assertThat(selected(document, List.of("a\"b"))).isEqualTo("{\"a\\\"b\":1}");
    }

    @Test
    void isAMapForWhoLooksIntoIt() {
        Map<String, Object> fields =
                new FieldSelection(List.of("price", "attr_t_*")).of(product(DOCUMENT));

        assertThat(fields)
                .containsOnlyKeys("price", "attr_t_colour")
                .containsEntry("price", 9.5)
                .containsEntry("attr_t_colour", List.of("red", "blue"));
    }

    private static String selected(Map<String, Object> document, @Nullable List<String> wanted) {
        return json(new FieldSelection(wanted).of(product(document)));
    }

    private static String only(String... names) {
        Map<String, Object> fields = new LinkedHashMap<>(DOCUMENT);
        fields.keySet().retainAll(List.of(names));
        return json(fields);
    }

    private static String json(Map<String, Object> fields) {
        return WireJson.mapper().writeValueAsString(fields);
    }

    private static StoredProduct product(Map<String, Object> document) {
        return new StoredProduct("1", 1, 1, "s", "t", Documents.write(document));
    }
}
