package dev.vitrine.retrieval.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.servicekit.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryUnderstandingTest {

    private final QueryUnderstanding understanding = new QueryUnderstanding();

    @Test
    void understand_absentQuery_browses() {
        assertThat(understanding.understand(null).browse()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t\n", "\u0000\u0001", "\u200B\uFEFF", "\uD800"})
    void understand_nothingVisible_browses(String typed) {
        assertThat(understanding.understand(typed)).isEqualTo(new Query("", null));
    }

    @Test
    void understand_controlAndFormatCharacters_areDropped() {
        assertThat(understanding.understand("us\u0000b\u202E  \u00A0 hub\r\n").text())
                .isEqualTo("usb hub");
    }

    @Test
    void understand_compatibilityForms_becomePlain() {
        // Full-width letters, a ligature, a Roman numeral, a decomposed umlaut.
        assertThat(understanding.understand("ＵＳＢ ﬁlter Ⅳ Ho\u0308rer").text())
                .isEqualTo("USB filter IV Hörer");
    }

    @Test
    void understand_emojiAndJoiners_stay() {
        assertThat(understanding.understand("\uD83D\uDCF7 می\u200Cخواهم").text())
                .isEqualTo("\uD83D\uDCF7 می\u200Cخواهم");
    }

    @Test
    void understand_longestQuery_isTaken() {
        assertThat(understanding.understand("x".repeat(512)).text()).hasSize(512);
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 10_240, 1_000_000})
    void understand_tooLong_isRefusedWithPointer(int length) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> understanding.understand("x".repeat(length)))
                .satisfies(problem -> {
                    assertThat(problem.code().status()).isEqualTo(422);
                    assertThat(problem.errors().getFirst().pointer()).isEqualTo("/q");
                });
    }

    @Test
    void understand_growsWhenNormalised_isRefused() {
        // U+FDFA becomes 18 characters: 100 of them are 1,800.
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> understanding.understand("\uFDFA".repeat(100)));
    }

    @ParameterizedTest
    @CsvSource({
        "4960999575193, 4960999575193",
        "EOS-5D, EOS-5D",
        "bravia, bravia",
        "' KDL 40 EX500 ', KDL 40 EX500",
        "wireless mouse,",
        "black 32 inch led tv,",
    })
    void understand_wholeQueryMayBeACode_isTried(String typed, String identifier) {
        assertThat(understanding.understand(typed).identifier()).isEqualTo(identifier);
    }

    @Test
    void understand_longWord_isNoCode() {
        assertThat(understanding.understand("x1".repeat(40)).identifier()).isNull();
    }
}
