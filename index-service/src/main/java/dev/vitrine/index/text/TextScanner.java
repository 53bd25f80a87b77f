package dev.vitrine.index.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * Cuts a text into chunks and says which terms each of them stands for. Not thread-safe.
 *
 * <p>A chunk is what a shopper would call a word: letters and digits, held together by hyphens,
 * dots, slashes, underscores, ampersands, plus signs and apostrophes between them.
 */
final class TextScanner {

    /*
     * The terms of a chunk:
     *
     *   dv7-1211ea   dv71211ea (whole), dv7, dv, 7, 1211ea, 1211, ea
     *   WH-1000XM3   wh1000xm3 (whole), wh, 1000xm3
     *   iphone7      iphone7 (whole), iphone, 7
     *   16 GB        16, gb, 16gb                a number before a unit also joins it
     *   17"          17, inch, 17inch
     *   43.2 cm      43.2, cm, 43.2cm            a dot between digits is part of the number
     *   women's      women                       possessive taken off
     *   noise-cancelling  noisecancelling (whole), noise, cancelling
     *
     * So a code is found whole, however it is written (hyphens, spaces or nothing between), and by
     * its parts. A part is cut again between letters and digits only if it consists of exactly two
     * such runs and the letters are at least two: "iphone7" yes, "i5" no, where pieces say nothing.
     * Words of letters lose their plural; terms with digits never are.
     *
     * A query's chunk matches a product that holds its whole form, or all of its parts. Its terms
     * count as one when matched terms are counted, so that a hyphen does not change what "all terms"
     * means.
     */

    /** Longest chunk in characters; the rest of a longer one is not searched. */
    static final int CHUNK_LENGTH_MAX = 128;

    private static final Set<String> UNITS =
            Set.of(
                    "inch", "cm", "mm", "m", "km", "ft", "kg", "g", "mg", "lb", "oz", "l", "ml",
                    "gb", "tb", "mb", "kb", "gbit", "mbit", "ghz", "mhz", "khz", "hz", "w", "kw",
                    "wh", "mah", "ah", "v", "kv", "a", "ma", "va", "db", "dpi", "ppm", "mp", "fps",
                    "k", "p", "rpm", "bit", "lm", "lumen", "nm", "h", "min", "pc", "pk", "x");

    /**
     * What a chunk stands for.
     *
     * @param whole the term of the whole chunk
     * @param parts terms that together stand for it too; empty when the chunk has no parts
     * @param start first character of the chunk
     * @param end character after its last
     * @param tokens all terms with their places, in order of position
     */
    record Chunk(String whole, List<String> parts, int start, int end, List<Token> tokens) {}

    /**
     * A term and its place.
     *
     * @param increment 1 for a new position, 0 for another term at the same one
     */
    record Token(String term, int start, int end, int increment) {}

    /** A piece between two joiners. */
    private record Piece(String text, int start, int end) {}

    private final char[] folded = new char[4 * CHUNK_LENGTH_MAX];

    /** All chunks of a text, in order. */
    List<Chunk> scan(CharSequence text) {
        List<Chunk> chunks = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (!isWordPart(text, i)) {
                i++;
                continue;
            }
            int end = chunkEnd(text, i);
            Chunk chunk = chunk(text, i, Math.min(end, i + CHUNK_LENGTH_MAX), last(chunks));
            if (!chunk.tokens().isEmpty()) {
                chunks.add(chunk);
            }
            if (isNumber(chunk.whole()) && isInchMark(text, end)) {
                chunks.add(unit("inch", end, end + 1, chunk));
                end++;
            }
            i = end;
        }
        return chunks;
    }

    /** Lower case without accents, as all terms are. */
    String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 128)) {
            return lower;
        }
        int length = Math.min(lower.length(), CHUNK_LENGTH_MAX);
        int size = ASCIIFoldingFilter.foldToASCII(lower.toCharArray(), 0, folded, 0, length);
        return new String(folded, 0, size);
    }

    private static List<Chunk> last(List<Chunk> chunks) {
        return chunks.isEmpty() ? chunks : chunks.subList(chunks.size() - 1, chunks.size());
    }

    private Chunk chunk(CharSequence text, int start, int end, List<Chunk> before) {
        List<Piece> pieces = pieces(text, start, end);
        if (pieces.size() == 1) {
            Piece only = pieces.getFirst();
            String term = term(only.text());
            if (UNITS.contains(term)
                    && !before.isEmpty()
                    && isNumber(before.getFirst().whole())
                    && isBlank(text, before.getFirst().end(), start)) {
                return unit(term, start, end, before.getFirst());
            }
            List<Token> tokens = new ArrayList<>();
            tokens.add(new Token(term, only.start(), only.end(), 1));
            List<String> runs = runs(only.text());
            addRuns(tokens, only, runs);
            return new Chunk(term, runs, start, end, tokens);
        }
        StringBuilder whole = new StringBuilder();
        List<String> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            whole.append(piece.text());
            parts.add(term(piece.text()));
        }
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(whole.toString(), start, end, 1));
        for (int p = 0; p < pieces.size(); p++) {
            Piece piece = pieces.get(p);
            tokens.add(new Token(parts.get(p), piece.start(), piece.end(), p == 0 ? 0 : 1));
            addRuns(tokens, piece, runs(piece.text()));
        }
        return new Chunk(whole.toString(), parts, start, end, tokens);
    }

    /** A unit after a number: both together are a term as well. */
    private static Chunk unit(String unit, int start, int end, Chunk number) {
        return new Chunk(
                unit,
                List.of(),
                start,
                end,
                List.of(
                        new Token(unit, start, end, 1),
                        new Token(number.whole() + unit, number.start(), end, 0)));
    }

    private static void addRuns(List<Token> tokens, Piece piece, List<String> runs) {
        if (!runs.isEmpty()) {
            int middle = Math.min(piece.end(), piece.start() + runs.getFirst().length());
            tokens.add(new Token(runs.get(0), piece.start(), middle, 0));
            tokens.add(new Token(runs.get(1), middle, piece.end(), 0));
        }
    }

    private List<Piece> pieces(CharSequence text, int start, int end) {
        List<Piece> pieces = new ArrayList<>();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i < end && (isWordPart(text, i) || isDecimalPoint(text, i))) {
                continue;
            }
            String piece = fold(text.subSequence(from, i).toString());
            boolean possessive = from > start && isApostrophe(text.charAt(from - 1));
            if (!piece.isEmpty() && !(possessive && piece.equals("s"))) {
                pieces.add(new Piece(piece, from, i));
            }
            // A thousands separator vanishes: its digits belong to the same number.
            while (i < end && text.charAt(i) == ',') {
                int next = i + 1;
                int stop = next;
                while (stop < end && isWordPart(text, stop)) {
                    stop++;
                }
                Piece number = pieces.removeLast();
                pieces.add(
                        new Piece(
                                number.text() + fold(text.subSequence(next, stop).toString()),
                                number.start(),
                                stop));
                i = stop;
            }
            from = i + 1;
        }
        return pieces;
    }

    /** Letters and digits of a piece that is exactly one run of each; else nothing. */
    private static List<String> runs(String piece) {
        int cut = -1;
        for (int i = 1; i < piece.length(); i++) {
            if (isNumeric(piece.charAt(i)) != isNumeric(piece.charAt(i - 1))) {
                if (cut >= 0) {
                    return List.of();
                }
                cut = i;
            }
        }
        if (cut < 0) {
            return List.of();
        }
        int letters = isNumeric(piece.charAt(0)) ? piece.length() - cut : cut;
        return letters < 2 ? List.of() : List.of(piece.substring(0, cut), piece.substring(cut));
    }

    private String term(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            if (!Character.isLetter(piece.charAt(i))) {
                return piece;
            }
        }
        return Stemmer.stem(piece);
    }

    private static int chunkEnd(CharSequence text, int start) {
        int i = start;
        while (i < text.length()) {
            if (isWordPart(text, i)) {
                i++;
            } else if (i + 1 < text.length()
                    && isWordPart(text, i + 1)
                    && (isJoiner(text.charAt(i)) || isThousandsSeparator(text, i))) {
                i += 2;
            } else {
                break;
            }
        }
        return i;
    }

    private static boolean isJoiner(char c) {
        return c == '-'
                || c == '.'
                || c == '/'
                || c == '_'
                || c == '&'
                || c == '+'
                || isApostrophe(c);
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '’';
    }

    private static boolean isThousandsSeparator(CharSequence text, int i) {
        return text.charAt(i) == ','
                && i > 0
                && Character.isDigit(text.charAt(i - 1))
                && i + 3 < text.length()
                && Character.isDigit(text.charAt(i + 1))
                && Character.isDigit(text.charAt(i + 2))
                && Character.isDigit(text.charAt(i + 3))
                && (i + 4 == text.length() || !Character.isDigit(text.charAt(i + 4)));
    }

    private static boolean isDecimalPoint(CharSequence text, int i) {
        return text.charAt(i) == '.'
                && i > 0
                && Character.isDigit(text.charAt(i - 1))
                && i + 1 < text.length()
                && Character.isDigit(text.charAt(i + 1));
    }

    private static boolean isInchMark(CharSequence text, int i) {
        if (i >= text.length()) {
            return false;
        }
        char c = text.charAt(i);
        return c == '"' || c == '″' || c == '”';
    }

    private static boolean isNumber(String term) {
        if (term.isEmpty()) {
            return false;
        }
        for (int i = 0; i < term.length(); i++) {
            if (!isNumeric(term.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumeric(char c) {
        return Character.isDigit(c) || c == '.';
    }

    private static boolean isBlank(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A letter, a digit, or half of a pair that stands for one. */
    private static boolean isWordPart(CharSequence text, int i) {
        char c = text.charAt(i);
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || (Character.isSurrogate(c)
                        && Character.isLetterOrDigit(
                                Character.codePointAt(
                                        text, Character.isLowSurrogate(c) && i > 0 ? i - 1 : i)));
    }
}
