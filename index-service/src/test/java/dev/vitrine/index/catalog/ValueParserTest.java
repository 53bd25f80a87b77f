package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12|12",
                "-3.5|-3.5",
                "1e3|1000",
                ".5|0.5",
                "$1,299.00|1299",
                "-$5|-5",
                "$-5|-5",
                "1,299|1299",
                "1.299,50 €|1299.5",
                "1.299.000|1299000",
                "12,5|12.5",
                "USD 12.50|12.5",
                "12.50 EUR|12.5",
                "£0.99|0.99"
            })
    void number_oneReading_isTaken(String text, double expected) {
        assertThat(ValueParser.number(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "1-2",
                "12%",
                "NaN",
                "Infinity",
                "0x10",
                "1,2,3",
                "1 299",
                "1e999",
                "--5",
                "5 6",
                "12d",
                "$",
                "",
                "1,29,9"
            })
    void number_noOrSeveralReadings_isNone(String text) {
        assertThat(ValueParser.number(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-02, 2020-01-02",
        "2020-01-02T03:04:05Z, 2020-01-02T03:04:05Z",
        "2020-01-02 03:04:05, 2020-01-02T03:04:05",
        "2020-01-02T03:04:05.123+02:00, 2020-01-02T03:04:05.123+02:00"
    })
    void date_iso_isKept(String text, String expected) {
        assertThat(ValueParser.date(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "2020-13-01", "01.02.2020", "2020", "2020-01-02T25:00:00", ""})
    void date_otherwise_isNone(String text) {
        assertThat(ValueParser.date(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "Yes,true", "0,false", "NO,false", "n,false", "1,true"})
    void bool_known_isTaken(String text, boolean expected) {
        assertThat(ValueParser.bool(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "truee", ""})
    void bool_otherwise_isNone(String text) {
        assertThat(ValueParser.bool(text)).isEmpty();
    }
}
