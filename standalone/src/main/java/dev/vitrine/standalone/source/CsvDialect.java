package dev.vitrine.standalone.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * How a CSV file is written: its separator, whether double quotes enclose values, and its charset.
 *
 * @param separator one of {@code , ; | tab #}
 * @param quoted false when double quotes are ordinary characters, as in {@code 17" monitor}
 * @param charset UTF-8, or Windows-1252 where the head of the file is not valid UTF-8
 */
public record CsvDialect(char separator, boolean quoted, Charset charset) {
    /** In the order in which ties are decided. */
    private static final char[] SEPARATORS = {',', ';', '|', '\t', '#'};

    private static final int RECORDS_LOOKED_AT = 200;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /**
     * Detects the dialect from the head of a file. The separator wins that gives the same number of
     * columns in the largest share of records; more columns decide between equals.
     *
     * @param head the first bytes of the file; a last line that is cut off is ignored
     * @param cut whether the file goes on; the head may then end within quotes
     */
    public static CsvDialect detect(byte[] head, boolean cut) {
        Charset charset = charsetOf(head);
        String text = wholeLines(new String(head, charset));
        CsvDialect best = null;
        double bestScore = -1;
        for (char separator : SEPARATORS) {
            for (boolean quoted : new boolean[] {true, false}) {
                CsvDialect dialect = new CsvDialect(separator, quoted, charset);
                double score = dialect.agreement(text, cut);
                if (score > bestScore) {
                    bestScore = score;
                    best = dialect;
                }
            }
        }
        if (best == null || bestScore <= 0) {
            throw new ProductFileException(
                    "no header row with at least two columns separated by one of , ; | tab #");
        }
        return best;
    }

    /** The format under which Commons CSV reads this dialect, without treating the header. */
    CSVFormat format() {
        CSVFormat.Builder format =
                CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(true);
        return (quoted ? format.setQuote('"') : format.setQuote(null)).get();
    }

    /** Share of records with the most common width, plus a little for each column; 0 when unfit. */
    private double agreement(String text, boolean cut) {
        Map<Integer, Integer> widths = new HashMap<>();
        int records = 0;
        int headerWidth = 0;
        List<String> header = new ArrayList<>();
        CSVFormat format = format().builder().setLenientEof(cut).get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord row : parser) {
                if (records == 0) {
                    headerWidth = row.size();
                    row.forEach(header::add);
                }
                widths.merge(row.size(), 1, Integer::sum);
                if (++records == RECORDS_LOOKED_AT) {
                    break;
                }
            }
        } catch (IOException
                | UncheckedIOException
                | IllegalStateException
                | IllegalArgumentException unreadable) {
            // Text after a closing quote and the like: this is not how the file is written.
            return 0;
        }
        boolean namesEveryColumn =
                header.stream().allMatch(name -> !name.isBlank() && name.length() <= 128)
                        && header.stream().distinct().count() == header.size();
        if (records == 0 || headerWidth < 2 || !namesEveryColumn) {
            return 0;
        }
        double same = widths.getOrDefault(headerWidth, 0) / (double) records;
        return same < 0.5 ? 0 : same + Math.min(headerWidth, 50) * 1e-3;
    }

    private static String wholeLines(String text) {
        int end = text.lastIndexOf('\n');
        return end > 0 ? text.substring(0, end + 1) : text;
    }

    private static Charset charsetOf(byte[] head) {
        Charset charset = StandardCharsets.UTF_8;
        // A character cut in two at the end of the head is no proof against UTF-8.
        for (int cut = 0; cut < 4 && cut < Math.max(1, head.length); cut++) {
            try {
                var _ =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .decode(ByteBuffer.wrap(head, 0, head.length - cut));
                return StandardCharsets.UTF_8;
            } catch (CharacterCodingException notUtf8) {
                charset = WINDOWS;
            }
        }
        return charset;
    }
}
