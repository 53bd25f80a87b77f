package dev.vitrine.retrieval.query;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a user typed into a {@link Query}. Stateless. */
public final class QueryUnderstanding {

    /** Longest query, in code points, before and after normalisation. */
    public static final int MAX_LENGTH = 512;

    /** Longest query that is tried as a product code, in characters. */
    static final int MAX_IDENTIFIER_LENGTH = 64;

    /** Most words of a product code ({@code EX 2200 G}). */
    static final int MAX_IDENTIFIER_WORDS = 4;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /**
     * Reads a query.
     *
     * @throws ProblemException when it is too long
     */
    public Query understand(@Nullable String typed) {
        if (typed == null) {
            return new Query("", null);
        }
        // Before anything else: normalising a megabyte to refuse it afterwards is work for nothing.
        limitLength(typed);
        String text = clean(Normalizer.normalize(typed, Normalizer.Form.NFKC));
        // NFKC makes up to 18 characters of one.
        limitLength(text);
        return new Query(text, identifier(text));
    }

    /**
     * One space between words, none at the ends; no control characters, no invisible format
     * characters (except the two joiners, which are letters' business in some scripts), no halves
     * of surrogate pairs.
     */
    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = true;
            } else if (!dropped(c)) {
                if (gap && !cleaned.isEmpty()) {
                    cleaned.append(' ');
                }
                gap = false;
                cleaned.appendCodePoint(c);
            }
        }
        return cleaned.toString();
    }

    private static boolean dropped(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> true;
            case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    /**
     * A wrong guess costs one look-up in the shard and changes nothing, because only a value that
     * equals the whole query counts. So any single word may be a code, several words when there is
     * a digit among them.
     */
    private static @Nullable String identifier(String text) {
        if (text.isEmpty() || text.length() > MAX_IDENTIFIER_LENGTH) {
            return null;
        }
        long words = text.chars().filter(c -> c == ' ').count() + 1;
        boolean digit = text.chars().anyMatch(Character::isDigit);
        return words == 1 || (digit && words <= MAX_IDENTIFIER_WORDS) ? text : null;
    }

    private static void limitLength(String text) {
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            String message = "a query has at most " + MAX_LENGTH + " characters";
            throw new ProblemException(CommonErrors.INVALID_REQUEST, message)
                    .withErrors(List.of(new FieldError("/q", message)));
        }
    }
}
