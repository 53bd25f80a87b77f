package dev.vitrine.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.servicekit.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies in any shape, delivered in pieces of any size, against what they were made from. */
class ImportSourcePropertyTest {

    private static final int MAX_LINE = 300;
    private static final String ALPHABET = "ab,;\"\n\r ü€";

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void csv_whatWasWritten_isReadBack(int seed) throws IOException {
        Random random = new Random(seed);
        int columns = 1 + random.nextInt(4);
        StringBuilder body = new StringBuilder("id");
        for (int c = 1; c < columns; c++) {
            body.append(",c").append(c);
        }
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int r = 0; r < random.nextInt(20); r++) {
            body.append(random.nextBoolean() ? "\n" : "\r\n");
            Map<String, Object> row = new LinkedHashMap<>();
            for (int c = 0; c < columns; c++) {
                String value = c == 0 ? "i" + r : value(random);
                body.append(c == 0 ? "" : ",").append(quoted(value, random));
                if (!value.isBlank()) {
                    row.put(c == 0 ? "id" : "c" + c, value);
                }
            }
            expected.add(row);
        }
        CsvSource source = new CsvSource(buffer(body.toString(), random), ',', MAX_LINE);
        List<Map<String, Object>> read = new ArrayList<>();
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            assertThat(line).as("seed %d", seed).isInstanceOf(ImportLine.Row.class);
            read.add(((ImportLine.Row) line).values());
        }
        assertThat(read).as("seed %d: %s", seed, body).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void csv_rubbishBetweenGoodRows_endsAndNumbersOnlyGrow(int seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder body = new StringBuilder("id,a\n");
        for (int i = 0; i < 40; i++) {
            body.append(value(random));
        }
        body.append("\nlast,row\n");
        CsvSource source = new CsvSource(buffer(body.toString(), random), ',', MAX_LINE);
        long number = 1;
        ImportLine last = null;
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            assertThat(line.number()).as("seed %d", seed).isGreaterThan(number);
            number = line.number();
            last = line;
        }
        assertThat(last).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ndjson_everyLineIsGivenOnceWithItsNumber(int seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int lines = random.nextInt(30);
        for (int i = 1; i <= lines; i++) {
            int kind = random.nextInt(4);
            String line =
                    switch (kind) {
                        case 0 -> "";
                        case 1 -> "x".repeat(MAX_LINE + 1 + random.nextInt(3 * MAX_LINE));
                        case 2 -> "x".repeat(MAX_LINE - 1);
                        default -> "ü" + i;
                    };
            if (kind == 1) {
                expected.add(i + " LINE_TOO_LONG");
            } else if (!line.isEmpty()) {
                expected.add(i + " " + line);
            }
            body.append(line).append(i == lines && random.nextBoolean() ? "" : "\n");
        }
        NdjsonSource source = new NdjsonSource(buffer(body.toString(), random), MAX_LINE);
        List<String> read = new ArrayList<>();
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            read.add(
                    line.number()
                            + " "
                            + switch (line) {
                                case ImportLine.Json json -> json.json();
                                case ImportLine.Bad bad -> bad.problem().code().code();
                                case ImportLine.Row row -> "a row";
                            });
        }
        assertThat(read).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void csv_rowBeyondTheLimit_isRefusedAndTheNextOneIsRead() throws IOException {
        String body = "id,a\n1," + "x".repeat(2 * MAX_LINE) + "\n2,b\n";
        CsvSource source = new CsvSource(buffer(body, new Random(1)), ',', MAX_LINE);
        assertThat(problem(source.next()).code().code()).isEqualTo("LINE_TOO_LONG");
        assertThat(source.next()).isInstanceOf(ImportLine.Row.class);
        assertThat(source.next()).isNull();
    }

    @Test
    void csv_singleCarriageReturn_isRefusedAndLosesNothingSilently() throws IOException {
        String body = "id,a\n1,foo\rbar\n2,\"b\rc\"\n3,d\r";
        CsvSource source = new CsvSource(buffer(body, new Random(1)), ',', MAX_LINE);
        assertThat(problem(source.next()).code().code()).isEqualTo("MALFORMED_CSV");
        assertThat(((ImportLine.Row) Objects.requireNonNull(source.next())).values())
                .containsEntry("a", "b\rc");
        assertThat(((ImportLine.Row) Objects.requireNonNull(source.next())).values())
                .containsEntry("a", "d");
        assertThat(source.next()).isNull();
    }

    @Test
    void csv_onlyCarriageReturns_isRefusedAsAHeader() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        new CsvSource(buffer("id,a\r1,b\r2,c\r", new Random(1)), ',', MAX_LINE))
                .satisfies(e -> assertThat(e.code().code()).isEqualTo("CSV_HEADER_INVALID"));
    }

    private static ProblemException problem(@Nullable ImportLine line) {
        return ((ImportLine.Bad) Objects.requireNonNull(line)).problem();
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return value.toString();
    }

    private static String quoted(String value, Random random) {
        boolean plain =
                value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && random.nextBoolean() ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** A buffer over a stream that gives a few bytes at a time. */
    private static LineBuffer buffer(String body, Random random) {
        InputStream all = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return new LineBuffer(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        return all.read();
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        return all.read(bytes, from, Math.min(length, 1 + random.nextInt(7)));
                    }
                },
                MAX_LINE + 1);
    }
}
