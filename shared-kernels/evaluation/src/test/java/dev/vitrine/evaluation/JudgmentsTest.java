package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgmentsTest {

    private static final String HEADER = "query\tproduct_id\tgrade\n";

    @Test
    void read_wellFormed_keepsOrderAndDecimals() throws IOException {
        Judgments judgments =
                read("\uFEFF" + HEADER + "z\tp 1\t3\r\n\na\tp2\t0.25\nz\tp3\t0\nz\tp3\t0.0\n");
        assertThat(judgments.queries()).containsExactly("z", "a");
        assertThat(judgments.grades("z"))
                .containsExactly(Map.entry("p 1", 3.0), Map.entry("p3", 0.0));
        assertThat(judgments.grades("a")).containsExactly(Map.entry("p2", 0.25));
        assertThat(judgments.grades("unknown")).isEmpty();
        assertThat(judgments.size()).isEqualTo(3);
        assertThat(judgments.only(Set.of("a", "b")).queries()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a\\tp | 3 fields separated by tabs expected, found 2",
                "a\\tp\\t1\\tx | 3 fields separated by tabs expected, found 4",
                "a p 1 | 3 fields separated by tabs expected, found 1",
                "\" \\tp\\t1\" | query is blank",
                "a\\t\\t1 | product_id is blank",
                "a\\tp\\tgood | grade must be a number of 0 or more, but is 'good'",
                "a\\tp\\t-1 | grade must be a number of 0 or more, but is '-1'",
                "a\\tp\\tNaN | grade must be a number of 0 or more, but is 'NaN'",
                "a\\tp\\tInfinity | grade must be a number of 0 or more, but is 'Infinity'",
                "a\\tp0\\t2 | 'p0' was graded 1.0 for 'a' before",
            })
    void read_badLine_namesFileAndLine(String line, String problem) {
        assertThatExceptionOfType(MalformedJudgmentsException.class)
                .isThrownBy(() -> read(HEADER + "a\tp0\t1\n" + line.replace("\\t", "\t") + "\n"))
                .withMessage("test.tsv, line 3: " + problem)
                .matches(e -> e.lineNumber() == 3);
    }

    @Test
    void read_wrongOrNoHeader_isRefused() {
        assertThatExceptionOfType(MalformedJudgmentsException.class)
                .isThrownBy(() -> read("a\tp\t1\n"))
                .withMessage("test.tsv, line 1: the header must be query<tab>product_id<tab>grade");
        assertThatExceptionOfType(MalformedJudgmentsException.class)
                .isThrownBy(() -> read(""))
                .withMessage("test.tsv, line 1: the file is empty");
    }

    @Test
    void read_headerOnly_isEmpty() throws IOException {
        assertThat(read(HEADER).queries()).isEmpty();
    }

    @Test
    void read_notUtf8_isRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("latin1.tsv");
        Files.write(file, new byte[] {'q', (byte) 0xFC, '\n'});
        assertThatExceptionOfType(MalformedJudgmentsException.class)
                .isThrownBy(() -> Judgments.read(file))
                .withMessageEndingWith("line 1: not valid UTF-8");
    }

    @Test
    void of_badGrade_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Judgments.of(Map.of("q", Map.of("p", -0.5))));
    }

    private static Judgments read(String text) throws IOException {
        return Judgments.read(new StringReader(text), "test.tsv");
    }
}
