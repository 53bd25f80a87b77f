package dev.vitrine.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextScannerTest {

    private static List<String> terms(String text) {
        return new TextScanner()
                .scan(text).stream()
                        .flatMap(chunk -> chunk.tokens().stream())
                        .map(TextScanner.Token::term)
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dv7-1211ea        | dv71211ea dv7 dv 7 1211ea 1211 ea
                    WH-1000XM3        | wh1000xm3 wh 1000xm3
                    iPhone7           | iphone7 iphone 7
                    Core i5           | core i5
                    16GB              | 16gb 16 gb
                    16 GB RAM         | 16 gb 16gb ram
                    43.2 cm (17")     | 43.2 cm 43.2cm 17 inch 17inch
                    17 inches         | 17 inch 17inch
                    802.11b           | 802.11b
                    1,440 x 900       | 1440 x 1440x 900
                    women's shoes     | women shoe
                    noise-cancelling  | noisecancelling noise cancelling
                    Intel® Core™2     | intel core 2
                    Café Crème        | cafe creme
                    batteries boxes   | battery box
                    switches caches   | switch cach
                    glass bus this    | glass bus this
                    AT&T              | att at t
                    -x- . / --        | x
                    """)
    void scan_text_givesItsTerms(String text, String expected) {
        assertThat(terms(text)).containsExactly(expected.split(" "));
    }

    @Test
    void scan_offsets_pointAtTheText() {
        String text = "The dv7-1211ea, 17\"";
        TextScanner.Token part = new TextScanner().scan(text).get(1).tokens().get(4);

        assertThat(part.term()).isEqualTo("1211ea");
        assertThat(text.substring(part.start(), part.end())).isEqualTo("1211ea");
    }

    @Test
    void scan_hugeAndStrangeTexts_areBounded() {
        assertThat(terms("x".repeat(10_000)).getFirst()).hasSize(TextScanner.CHUNK_LENGTH_MAX);
        assertThat(terms("\u0000\u0007\ud800 \udc00 ''' ")).isEmpty();
        assertThat(terms("日本語 テスト")).isNotEmpty();
        assertThat(terms("")).isEmpty();
    }

    @Test
    void queryTerms_countThingsNotForms() {
        assertThat(QueryTerms.of("the case for dv7-1211ea").size()).isEqualTo(2);
        assertThat(QueryTerms.of("16 gb stick").size()).isEqualTo(2);
        assertThat(QueryTerms.of("the of").size()).isEqualTo(2);
        assertThat(QueryTerms.of("usb USB").size()).isEqualTo(1);
        assertThat(QueryTerms.of(" !? ").isEmpty()).isTrue();
        assertThat(QueryTerms.of("ab-12 ".repeat(2_000)).size()).isEqualTo(1);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            many.append("t").append(i).append("-x ");
        }
        assertThat(QueryTerms.of(many.toString()).forms().size())
                .isLessThanOrEqualTo(QueryTerms.FORMS_MAX);
    }
}
