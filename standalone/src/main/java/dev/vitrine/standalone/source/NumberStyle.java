package dev.vitrine.standalone.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people write numbers in tables: with a currency, with groups of thousands, with which point.
 */
public enum NumberStyle {
    /** {@code 1,299.00}, {@code $ 1 299}, {@code 12.5}. */
    POINT("[, '\u00a0\u202f]", "."),
    /** {@code 1.299,00}, {@code 1 299,00 €}. */
    COMMA("[. '\u00a0\u202f]", ",");

    private static final String CURRENCY = "(?:[$€£¥₹]|(?i:USD|EUR|GBP|CHF|JPY|AUD|CAD))";

    private final Pattern form;
    private final Pattern groups;
    private final String point;

    NumberStyle(String group, String point) {
        this.groups = Pattern.compile(group);
        this.point = point;
        String whole = "\\d{1,3}(?:" + group + "\\d{3})+|\\d+";
        this.form =
                Pattern.compile(
                        "%1$s?\\s*([-+]?)\\s*%1$s?\\s*((?:%2$s)?)((?:%3$s\\d+)?)((?:[eE][-+]?\\d{1,3})?)\\s*%1$s?"
                                .formatted(CURRENCY, whole, Pattern.quote(point)));
    }

    /** The number as JSON would have it, {@code 1299.00}; empty when the text is no number. */
    public Optional<String> plain(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > 40) {
            return Optional.empty();
        }
        Matcher number = form.matcher(stripped);
        if (!number.matches() || (number.group(2).isEmpty() && number.group(3).isEmpty())) {
            return Optional.empty();
        }
        String whole = groups.matcher(number.group(2)).replaceAll("");
        String fraction = number.group(3).replace(point, ".");
        return Optional.of(
                (number.group(1).equals("-") ? "-" : "")
                        + (whole.isEmpty() ? "0" : whole)
                        + fraction
                        + number.group(4));
    }
}
