package dev.vitrine.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDialectTest {

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '|', '\t', '#'})
    void detect_eachSeparator_isFound(char separator) {
        String table =
                """
                id|title|price
                1|Desk lamp, black|12.50
                2|Office chair; grey|80.00
                3|Cable 3 m|4.00
                """
                        .replace('|', separator)
                        .replace(separator == ',' ? "lamp, black" : "none", "lamp black");
        CsvDialect dialect = detect(table);
        assertThat(dialect.separator()).isEqualTo(separator);
        assertThat(dialect.charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void detect_separatorInsideQuotes_isNoSeparator() {
        CsvDialect dialect =
                detect(
                        """
                        id,title
                        1,"Desk; lamp, ""black"", new"
                        2,"Chair; red, soft"
                        """);
        assertThat(dialect.separator()).isEqualTo(',');
        assertThat(dialect.quoted()).isTrue();
    }

    @Test
    void detect_inchesAtTheStartOfAValue_areNoQuotes() {
        CsvDialect dialect =
                detect(
                        """
                        id|size|title
                        1|"17|Monitor 17" wide
                        2|19"|Monitor 19" wide
                        3|"21|Monitor 21" wide
                        """);
        assertThat(dialect.separator()).isEqualTo('|');
        assertThat(dialect.quoted()).isFalse();
    }

    @Test
    void detect_windowsBytes_areReadAsWindows() {
        byte[] head = "id;name\n1;Tür für Küche\n2;Öl\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(CsvDialect.detect(head, false).charset())
                .isEqualTo(Charset.forName("windows-1252"));
    }

    @Test
    void detect_proseWithoutColumns_isRefused() {
        assertThatThrownBy(() -> detect("just a line\nand another\n"))
                .isInstanceOf(ProductFileException.class)
                .hasMessageContaining("header row");
    }

    /** As of a large file of long descriptions: the head ends within one. */
    @Test
    void detect_headThatEndsWithinQuotes_isJudgedByWhatIsWhole() {
        StringBuilder table = new StringBuilder("id,title,price\n");
        for (int i = 0; i < 80; i++) {
            table.append(i).append(",\"Lamp\n<p>black, soft</p>\nnew\",12.50\n");
        }
        String head = table.substring(0, table.lastIndexOf("new"));
        CsvDialect dialect = CsvDialect.detect(head.getBytes(StandardCharsets.UTF_8), true);
        assertThat(dialect.separator()).isEqualTo(',');
        assertThat(dialect.quoted()).isTrue();
    }

    private static CsvDialect detect(String table) {
        return CsvDialect.detect(table.getBytes(StandardCharsets.UTF_8), false);
    }
}
