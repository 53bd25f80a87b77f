package dev.vitrine.recommender.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredDocumentTest {

    @Test
    void read_anyDocument_givesItBack() {
        for (Map<String, Object> document :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("a", 1),
                        Map.of("title", "Lampe \"Ö\" 日本", "tags", List.of("x", "y"), "n", 1.5),
                        Map.of("text", "again and ".repeat(5_000)))) {
            assertThat(StoredDocument.of(document).read()).isEqualTo(document);
        }
    }

    @Test
    void read_randomTexts_givesThemBack() {
        Random random = new Random(5);
        for (int length = 0; length < 3_000; length += 37) {
            Map<String, Object> document = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (32 + random.nextInt(90)));
            }
            document.put("text", text.toString());
            assertThat(StoredDocument.of(document).read())
                    .as("length %d", length)
                    .isEqualTo(document);
        }
    }

    @Test
    void size_repetitiveDocument_isSmallerThanItsJson() {
        Map<String, Object> document = Map.of("text", "again and ".repeat(100));

        assertThat(StoredDocument.of(document).size()).isLessThan(100);
    }
}
