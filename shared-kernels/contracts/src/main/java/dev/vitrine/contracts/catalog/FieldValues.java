package dev.vitrine.contracts.catalog;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of documents and filters by the type of their field. The one place that says
 * what {@code 10}, a date or a path means, so that index and recommender filter alike.
 */
public final class FieldValues {

    private static final String PATH_SEPARATOR = " > ";
    private static final Pattern EPOCH_MILLIS = Pattern.compile("-?\\d{5,15}");
    private static final int ISO_DATE_LENGTH = 10;

    private FieldValues() {}

    /** The single values of a document's field: the elements of a list, else the value itself. */
    public static Collection<?> each(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof Collection<?> many ? many : List.of(value);
    }

    /** A scalar as text; null for objects, lists, null and blank texts. */
    public static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text.isBlank() ? null : text.strip();
            case Double number -> plain(number);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case null, default -> null;
        };
    }

    /** The number or date of a document's field; NaN when there is none that can be read. */
    public static double number(FieldType type, @Nullable Object value) {
        for (Object single : each(value)) {
            double number = single instanceof Number given ? given.doubleValue() : Double.NaN;
            if (single instanceof String text) {
                number = parse(type, text);
            }
            if (Double.isFinite(number)) {
                return number;
            }
        }
        return Double.NaN;
    }

    /** The terms of a document's field, without repetition; empty when there are none. */
    public static SequencedSet<String> terms(FieldType type, @Nullable Object value) {
        SequencedSet<String> terms = new LinkedHashSet<>();
        for (Object single : each(value)) {
            String text = text(single);
            if (text == null) {
                continue;
            }
            switch (type) {
                case CATEGORY_PATH -> addPath(terms, text);
                case BOOLEAN -> {
                    String flag = text.toLowerCase(Locale.ROOT);
                    if (flag.equals("true") || flag.equals("false")) {
                        terms.add(flag);
                    }
                }
                default -> terms.add(text);
            }
        }
        return terms;
    }

    /** A filter's value as a term of a column: paths in their normal form. */
    public static String term(FieldType type, String value) {
        return switch (type) {
            case CATEGORY_PATH -> String.join(PATH_SEPARATOR, steps(value));
            case BOOLEAN -> value.strip().toLowerCase(Locale.ROOT);
            default -> value.strip();
        };
    }

    /** A number, or a date as epoch milliseconds; NaN if the text is neither. */
    public static double parse(FieldType type, String text) {
        try {
            return type == FieldType.DATE ? millis(text.strip()) : Double.parseDouble(text.strip());
        } catch (NumberFormatException | DateTimeException e) {
            return Double.NaN;
        }
    }

    /** A code without case, spaces, hyphens, slashes and dots, as identifiers are compared. */
    public static String identifier(String code) {
        StringBuilder bare = new StringBuilder(code.length());
        code.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c) && c != '-' && c != '/' && c != '.')
                .forEach(bare::appendCodePoint);
        return bare.toString();
    }

    private static void addPath(Collection<String> terms, String path) {
        StringBuilder prefix = new StringBuilder();
        for (String step : steps(path)) {
            if (!prefix.isEmpty()) {
                prefix.append(PATH_SEPARATOR);
            }
            terms.add(prefix.append(step).toString());
        }
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf('>', start);
            String step = path.substring(start, end < 0 ? path.length() : end).strip();
            if (!step.isEmpty()) {
                steps.add(step);
            }
            start = end < 0 ? path.length() + 1 : end + 1;
        }
        return steps;
    }

    private static double millis(String text) {
        if (EPOCH_MILLIS.matcher(text).matches()) {
            // Facets and statistics return dates so; the same form is accepted back.
            return Double.parseDouble(text);
        }
        if (text.length() <= ISO_DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        TemporalAccessor parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC).toEpochMilli()
                : OffsetDateTime.from(parsed).toInstant().toEpochMilli();
    }

    private static @Nullable String plain(double number) {
        if (!Double.isFinite(number)) {
            return null;
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : BigDecimal.valueOf(number).toPlainString();
    }
}
