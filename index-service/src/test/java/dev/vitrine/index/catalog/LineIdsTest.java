package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which product a broken line was about. */
class LineIdsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"7\",\"title\":               | 7",
                "{\"id\":7,\"title\":\"cut off           | 7",
                "{\"a\":{\"id\":\"x\"},\"id\":\"7\",\"b\":} | 7",
                "{\"id\":\"7\",\"a\":1,\"a\":2}          | 7"
            })
    void find_idBeforeTheFault_isFound(String line, String id) {
        assertThat(LineIds.find(line)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"7",
                "{\"id\":12",
                "{\"title\":,\"id\":\"7\"}",
                "{\"a\":{\"id\":\"x\"}}",
                "{\"id\":\"\"}",
                "{\"id\":{}}",
                "[1]",
                ""
            })
    void find_noIdBeforeTheFault_isNull(String line) {
        assertThat(LineIds.find(line)).isNull();
    }

    @Test
    void find_anythingElse_isNull() {
        assertThat(LineIds.find("null")).isNull();
    }
}
