package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV (RFC 4180) under a header row.
 *
 * <p>A quoted value may hold line ends, so a row is found by following its quotes; commons-csv then
 * reads the values of that one row. Where the quotes make no sense, only the first physical line is
 * refused and reading goes on at the next one: a stray quote must not swallow the good rows after
 * it.
 */
final class CsvSource implements ImportSource {

    private static final int MAX_COLUMNS = 2_000;

    private final LineBuffer buffer;
    private final char separator;
    private final int maxLineBytes;
    private final CSVFormat format;
    private final List<String> header;

    /**
     * Reads the header.
     *
     * @throws ProblemException with CSV_HEADER_INVALID
     */
    CsvSource(LineBuffer buffer, char separator, int maxLineBytes) throws IOException {
        this.buffer = buffer;
        this.separator = separator;
        this.maxLineBytes = maxLineBytes;
        this.format = CSVFormat.RFC4180.builder().setDelimiter(separator).get();
        this.header = header();
    }

    @Override
    public @Nullable ImportLine next() throws IOException {
        while (buffer.length() > 0 || buffer.fill()) {
            long number = buffer.line();
            int length = row();
            if (length <= 0) {
                return bad(number, length);
            }
            try {
                String text = buffer.text(length);
                buffer.accept(length);
                if (!text.isBlank()) {
                    return new ImportLine.Row(number, values(parse(text)), length);
                }
            } catch (ProblemException e) {
                if (buffer.line() == number) {
                    buffer.accept(length);
                }
                return new ImportLine.Bad(number, e);
            }
        }
        return null;
    }

    private ImportLine bad(long number, int length) throws IOException {
        boolean tooLong = length == TOO_LONG;
        int physical = buffer.physicalLine();
        boolean ends = physical > 0 && buffer.at(physical - 1) == '\n';
        if (ends) {
            buffer.accept(physical);
        } else {
            buffer.skipLine();
        }
        return new ImportLine.Bad(
                number,
                tooLong && physical > maxLineBytes
                        ? NdjsonSource.tooLong(maxLineBytes)
                        : new ProblemException(
                                WriterErrors.MALFORMED_CSV,
                                "a quote is not closed, or something follows a closing quote"));
    }

    private static final int MALFORMED = 0;
    private static final int TOO_LONG = -1;

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE,
        AFTER_RETURN
    }

    /** Length of the next row with its line end, {@link #MALFORMED} or {@link #TOO_LONG}. */
    private int row() throws IOException {
        State state = State.FIELD_START;
        int i = 0;
        while (true) {
            for (; i < buffer.length(); i++) {
                if (i >= maxLineBytes) {
                    return TOO_LONG;
                }
                byte b = buffer.at(i);
                State next = step(state, b);
                if (next == null) {
                    return MALFORMED;
                }
                if (b == '\n' && next == State.FIELD_START) {
                    return i + 1;
                }
                state = next;
            }
            if (buffer.full()) {
                return TOO_LONG;
            }
            if (!buffer.fill()) {
                return state == State.QUOTED ? MALFORMED : buffer.length();
            }
        }
    }

    /**
     * The state after a byte; null when it may not stand there. A line end leads to FIELD_START.
     */
    private @Nullable State step(State state, byte b) {
        return switch (state) {
            case FIELD_START -> b == '"' ? State.QUOTED : plain(b);
            case PLAIN -> plain(b);
            case QUOTED -> b == '"' ? State.AFTER_QUOTE : State.QUOTED;
            case AFTER_QUOTE -> {
                if (b == '"') {
                    yield State.QUOTED;
                }
                if (b == '\r') {
                    yield State.AFTER_RETURN;
                }
                yield b == separator || b == '\n' ? State.FIELD_START : null;
            }
            case AFTER_RETURN -> b == '\n' ? State.FIELD_START : null;
        };
    }

    private State plain(byte b) {
        return b == separator || b == '\n' ? State.FIELD_START : State.PLAIN;
    }

    private CSVRecord parse(String row) {
        CSVRecord record;
        boolean more;
        try (CSVParser parser = CSVParser.parse(row, format)) {
            Iterator<CSVRecord> records = parser.iterator();
            record = records.next();
            more = records.hasNext();
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(
                    WriterErrors.MALFORMED_CSV, "the row is not valid CSV: " + e.getMessage(), e);
        }
        if (more) {
            // To commons-csv it ends a row, and what follows it would be lost.
            throw new ProblemException(
                    WriterErrors.MALFORMED_CSV,
                    "a single carriage return stands outside quotes; rows end with \\n or \\r\\n");
        }
        return record;
    }

    private Map<String, Object> values(CSVRecord row) {
        if (row.size() != header.size()) {
            throw new ProblemException(
                    WriterErrors.CSV_COLUMNS,
                    "the row has " + row.size() + " columns, the header " + header.size());
        }
        Map<String, Object> values = new LinkedHashMap<>(header.size() * 2);
        for (int i = 0; i < header.size(); i++) {
            String value = row.get(i);
            if (!value.isBlank()) {
                values.put(header.get(i), value);
            }
        }
        return values;
    }

    private List<String> header() throws IOException {
        if (buffer.length() == 0 && !buffer.fill()) {
            throw invalidHeader("there is no header row");
        }
        int length = row();
        if (length <= 0) {
            throw invalidHeader("it is not closed within " + maxLineBytes + " bytes");
        }
        String text = buffer.text(length);
        buffer.accept(length);
        if (text.isBlank()) {
            throw invalidHeader("the first row is empty");
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : headerRow(text)) {
            String column = name.strip();
            if (column.isEmpty()) {
                throw invalidHeader("column " + (names.size() + 1) + " has no name");
            }
            if (!seen.add(column)) {
                throw invalidHeader("column '" + column + "' is there twice");
            }
            names.add(column);
        }
        if (names.size() > MAX_COLUMNS) {
            throw invalidHeader("more than " + MAX_COLUMNS + " columns");
        }
        if (!seen.contains("id")) {
            throw invalidHeader(
                    "there is no column 'id'"
                            + (names.size() == 1
                                    ? "; if the separator is not '"
                                            + separator
                                            + "', name it with ?separator="
                                    : ""));
        }
        return List.copyOf(names);
    }

    private CSVRecord headerRow(String text) {
        try {
            return parse(text);
        } catch (ProblemException e) {
            throw invalidHeader(String.valueOf(e.detail()));
        }
    }

    private static ProblemException invalidHeader(String message) {
        return new ProblemException(WriterErrors.CSV_HEADER_INVALID, message)
                .withErrors(List.of(new FieldError("/header", message)));
    }
}
