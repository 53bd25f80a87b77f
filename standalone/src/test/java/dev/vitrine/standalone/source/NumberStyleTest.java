package dev.vitrine.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberStyleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12|12",
                "-3.5|-3.5",
                "$1,299.00|1299.00",
                "$ 5|5",
                "1 773 |1773",
                "38.99 gbp|38.99",
                ".5|0.5",
                "1e3|1e3"
            })
    void plain_pointStyle_isJsonNumber(String text, String plain) {
        assertThat(NumberStyle.POINT.plain(text)).contains(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.299,00 €|1299.00", "12,5|12.5", "7|7"})
    void plain_commaStyle_isJsonNumber(String text, String plain) {
        assertThat(NumberStyle.COMMA.plain(text)).contains(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1,29,9", "12 x 4", "$", "1.2.3", "NaN", "4GB"})
    void plain_noNumber_isEmpty(String text) {
        assertThat(NumberStyle.POINT.plain(text)).isEmpty();
    }
}
