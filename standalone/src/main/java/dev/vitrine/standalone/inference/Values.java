package dev.vitrine.standalone.inference;

import dev.vitrine.standalone.source.NumberStyle;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises what a string holds; the forms are those that the catalogue's writer converts. */
final class Values {
    private static final Pattern DATE =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[-+]\\d{2}:?\\d{2})?)?");
    private static final Pattern ADDRESS = Pattern.compile("(https?:)?//\\S+");
    private static final Pattern IMAGE_FILE =
            Pattern.compile("\\S+\\.(jpe?g|png|gif|webp|avif|svg)(\\?\\S*)?");

    /** A leading zero that a number would lose: such strings are codes. */
    private static final Pattern CODE = Pattern.compile("0\\d+");

    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private static final Set<String> TRUTH = Set.of("true", "false");

    private Values() {}

    static boolean isNumber(String value, NumberStyle style) {
        return style.plain(value).isPresent() && !CODE.matcher(value).matches();
    }

    static boolean isCode(String value) {
        return CODE.matcher(value).matches();
    }

    static boolean isPlainNumber(String value) {
        return PLAIN_NUMBER.matcher(value).matches();
    }

    static boolean isTruth(String value) {
        return TRUTH.contains(value.toLowerCase(Locale.ROOT));
    }

    static boolean isDate(String value) {
        if (!DATE.matcher(value).matches()) {
            return false;
        }
        try {
            if (value.length() == 10) {
                var _ = LocalDate.parse(value);
            } else if (value.endsWith("Z") || value.substring(11).matches(".*[-+].*")) {
                var _ = OffsetDateTime.parse(value.replace(' ', 'T'));
            } else {
                var _ = LocalDateTime.parse(value.replace(' ', 'T'));
            }
            return true;
        } catch (DateTimeException noDate) {
            return false;
        }
    }

    static boolean isAddress(String value) {
        return ADDRESS.matcher(value).matches();
    }

    static boolean isImage(String value) {
        return isAddress(value) && IMAGE_FILE.matcher(value.toLowerCase(Locale.ROOT)).matches();
    }

    static int words(String value) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < value.length(); i++) {
            boolean space = Character.isWhitespace(value.charAt(i));
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
        }
        return words;
    }
}
