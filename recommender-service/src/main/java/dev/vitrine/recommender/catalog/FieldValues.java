package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.FieldType;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of documents and filters by the type of their field, as the index does. */
public final class FieldValues {

    private static final String PATH_SEPARATOR = " > ";
    private static final Pattern EPOCH_MILLIS = Pattern.compile("-?\\d{5,15}");
    private static final int ISO_DATE_LENGTH = 10;

    private FieldValues() {}

    /** The elements of a list, else the value itself; none for null. */
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

    /**
     * The number or date of a field; NaN when there is none. Of a list, the first that can be read:
     * a column of the index holds one number for a product.
     */
    public static double number(FieldType type, @Nullable Object value) {
        for (Object single : each(value)) {
            double number =
                    switch (single) {
                        case Number given -> given.doubleValue();
                        case String text -> parse(type, text);
                        default -> Double.NaN;
                    };
            if (Double.isFinite(number)) {
                return number;
            }
        }
        return Double.NaN;
    }

    /** The terms of a field, of a path all its ancestors too; empty when there are none. */
    static List<String> terms(FieldType type, @Nullable Object value) {
        List<String> terms = new ArrayList<>();
        for (Object single : each(value)) {
            String text = text(single);
            if (text == null) {
                continue;
            }
            switch (type) {
                case CATEGORY_PATH -> {
                    List<String> steps = steps(text);
                    for (int depth = 1; depth <= steps.size(); depth++) {
                        terms.add(String.join(PATH_SEPARATOR, steps.subList(0, depth)));
                    }
                }
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

    /** A filter's value in the form in which {@link #terms} gives values. */
    static String term(FieldType type, String value) {
        return switch (type) {
            case CATEGORY_PATH -> String.join(PATH_SEPARATOR, steps(value));
            case BOOLEAN -> value.strip().toLowerCase(Locale.ROOT);
            default -> value.strip();
        };
    }

    /** A number, or a date as epoch milliseconds; NaN if the text is neither. */
    static double parse(FieldType type, String text) {
        try {
            return type == FieldType.DATE ? millis(text.strip()) : Double.parseDouble(text.strip());
        } catch (NumberFormatException | DateTimeException e) {
            return Double.NaN;
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
