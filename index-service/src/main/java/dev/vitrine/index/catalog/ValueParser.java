package dev.vitrine.index.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers, booleans and dates from texts where only one reading is possible. CSV has nothing
 * but texts, and shops write prices as people do.
 */
final class ValueParser {

    private static final Pattern PLAIN =
            Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");

    /** A comma before three digits is a thousands mark, as in the English prices at hand. */
    private static final Pattern COMMA_THOUSANDS =
            Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");

    private static final Pattern DOT_THOUSANDS =
            Pattern.compile("\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:\\.\\d{3}){2,}");
    private static final Pattern COMMA_DECIMALS = Pattern.compile("\\d+,\\d{1,2}");
    private static final Pattern MONEY =
            Pattern.compile(
                    "([+-]?)\\s*(?:\\p{Sc}|[A-Z]{3})?\\s*([+-]?)([\\d.,eE+-]+?)\\s*(?:\\p{Sc}|[A-Z]{3})?");
    private static final int LONGEST = 64;
    private static final int DATE_LENGTH = 10;

    private ValueParser() {}

    /** A number, possibly with a currency: {@code $1,299.00} is 1299. */
    static OptionalDouble number(String text) {
        if (text.length() > LONGEST) {
            return OptionalDouble.empty();
        }
        Matcher money = MONEY.matcher(text.strip());
        if (!money.matches() || (!money.group(1).isEmpty() && !money.group(2).isEmpty())) {
            return OptionalDouble.empty();
        }
        String digits = money.group(3);
        String plain;
        if (PLAIN.matcher(digits).matches()) {
            plain = digits;
        } else if (COMMA_THOUSANDS.matcher(digits).matches()) {
            plain = digits.replace(",", "");
        } else if (DOT_THOUSANDS.matcher(digits).matches()) {
            plain = digits.replace(".", "").replace(',', '.');
        } else if (COMMA_DECIMALS.matcher(digits).matches()) {
            plain = digits.replace(',', '.');
        } else {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(plain);
        boolean negative = money.group(1).equals("-") || money.group(2).equals("-");
        return Double.isFinite(value)
                ? OptionalDouble.of(negative ? -value : value)
                : OptionalDouble.empty();
    }

    /** A boolean: true, yes, y, 1 and their opposites, in any case. */
    static Optional<Boolean> bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1" -> Optional.of(true);
            case "false", "no", "n", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** An ISO 8601 date or date-time in the form that the index reads; a blank may stand for T. */
    static Optional<String> date(String text) {
        String date = text.strip();
        if (date.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (date.length() <= DATE_LENGTH) {
                LocalDate.parse(date);
                return Optional.of(date);
            }
            String dateTime =
                    date.charAt(DATE_LENGTH) == ' '
                            ? date.substring(0, DATE_LENGTH) + 'T' + date.substring(DATE_LENGTH + 1)
                            : date;
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            dateTime, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(dateTime).filter(any -> read.isSupported(ChronoField.SECOND_OF_DAY));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
