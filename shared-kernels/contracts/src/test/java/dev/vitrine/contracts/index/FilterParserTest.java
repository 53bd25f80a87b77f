package dev.vitrine.contracts.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class FilterParserTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void parse_theGrammarsExample_readsEveryOperator() {
        Filter filter =
                FilterParser.parse(
                        "brand = \"X\" AND price 10 TO 50 AND NOT color IN [\"red\", 'blue'] AND"
                                + " stock > 0 AND (a = 1 OR `odd name` EXISTS)");
        assertThat(filter)
                .isEqualTo(
                        new Filter.And(
                                List.of(
                                        new Filter.In("brand", List.of("X")),
                                        new Filter.Range("price", "10", true, "50", true),
                                        new Filter.Not(
                                                new Filter.In("color", List.of("red", "blue"))),
                                        new Filter.Range("stock", "0", false, null, false),
                                        new Filter.Or(
                                                List.of(
                                                        new Filter.In("a", List.of("1")),
                                                        new Filter.Exists("odd name"))))));
    }

    @Test
    void parse_andBindsTighterThanOr() {
        assertThat(FilterParser.parse("a=1 OR b=2 AND c=3"))
                .isEqualTo(FilterParser.parse("a=1 OR (b=2 AND c=3)"));
    }

    @Test
    void parse_escapedQuote_isPartOfTheValue() {
        assertThat(FilterParser.parse("size = \"17\\\"\""))
                .isEqualTo(new Filter.In("size", List.of("17\"")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|@1",
                "brand|@6",
                "brand =|@8",
                "brand = \"open|@9",
                "price 10|@9",
                "price 10 UNTIL 20|@10",
                "a = 1 b = 2|@7",
                "(a = 1|@7",
                "a IN 1|@6",
                "a IN [1|@8",
                "AND = 1|@1",
                "a ~ 1|@3"
            })
    void parse_faultyString_tellsThePosition(String text, String pointer) {
        assertThatThrownBy(() -> FilterParser.parse(text.strip()))
                .isInstanceOfSatisfying(
                        FilterException.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1",
                "NOT (a = 1 OR b IN [\"x\", \"y\"])",
                "p 1 TO 2 AND q >= 3 AND q < 9 AND r > 1 AND s <= 2",
                "e EXISTS OR NOT e EXISTS"
            })
    void json_roundTrip_keepsTheMeaning(String text) {
        Filter filter = FilterParser.parse(text);
        assertThat(JSON.readValue(JSON.writeValueAsString(filter), Filter.class)).isEqualTo(filter);
    }

    @Test
    void json_halfOpenRangeWithTwoBounds_becomesTwoComparisons() {
        Filter filter = new Filter.Range("q", "3", true, "9", false);
        assertThat(JSON.readValue(JSON.writeValueAsString(filter), Filter.class))
                .isEqualTo(
                        new Filter.And(
                                List.of(
                                        new Filter.Range("q", "3", true, null, false),
                                        new Filter.Range("q", null, false, "9", false))));
    }

    @Test
    void json_faultyTree_tellsThePointer() {
        assertThatThrownBy(() ->
                        FilterParser.parse(
                                JSON.readTree(
                                        "{\"and\":[{\"field\":\"a\",\"value\":1},"
                                                + "{\"field\":\"b\",\"op\":\"~\",\"value\":1}]}")))
                .isInstanceOfSatisfying(
                        FilterException.class, e -> assertThat(e.pointer()).isEqualTo("/and/1/op"));
    }

    @Test
    void parse_tooDeepTooLongTooMany_isRefused() {
        assertThatThrownBy(() -> FilterParser.parse("(".repeat(30) + "a=1" + ")".repeat(30)))
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> FilterParser.parse("NOT ".repeat(1_000) + "a=1"))
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> FilterParser.parse("a = \"" + "x".repeat(9_000) + "\""))
                .hasMessageContaining("characters");
        assertThatThrownBy(() -> FilterParser.parse("a=1" + " OR a=1".repeat(600)))
                .hasMessageContaining("conditions");
    }
}
