package dev.vitrine.contracts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the id of a product may be. */
final class ProductKeyTest {

    private static final CatalogRef CATALOG = new CatalogRef("tenant", "shop");

    @ParameterizedTest
    @ValueSource(strings = {"1", "a/b c", "M\u00fcsli", "\ud83d\udc5f-42"})
    void id_ofWholeCharacters_isTaken(String id) {
        assertThat(ProductKey.isId(id)).isTrue();
        assertThat(ProductKey.parse(new ProductKey(CATALOG, id).key()).id()).isEqualTo(id);
    }

    /** Half a character is no UTF-8: databases and logs would hold another id than was sent. */
    @Test
    void id_withHalfACharacter_isRefused() {
        for (char half : new char[] {'\ud83d', '\udc5f'}) {
            for (String id : new String[] {"" + half, half + "a", "a" + half, "a" + half + "b"}) {
                assertThat(ProductKey.isId(id)).as("%x", (int) half).isFalse();
            }
        }
        assertThat(ProductKey.isId("\udc5f\ud83d")).as("in the wrong order").isFalse();
    }

    @Test
    void id_emptyTooLongOrWithControlCharacters_isRefused() {
        for (String id : new String[] {"", " ", "a\u0000", "x".repeat(257)}) {
            assertThat(ProductKey.isId(id)).isFalse();
            assertThatThrownBy(() -> new ProductKey(CATALOG, id))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
