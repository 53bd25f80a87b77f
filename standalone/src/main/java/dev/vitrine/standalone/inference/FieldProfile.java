package dev.vitrine.standalone.inference;

import dev.vitrine.standalone.source.NumberStyle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What was seen of one field: how often, in which forms, how varied. Memory is bounded: distinct
 * values are remembered up to a limit and shortened.
 */
final class FieldProfile {
    private static final int DISTINCT_LIMIT = 5_000;
    private static final int REMEMBERED_LENGTH = 64;
    private static final double NUMERIC_SHARE = 0.98;
    private static final String[] PATH_SEPARATORS = {" > ", ">", "|", "/"};

    private final String name;
    private final Set<String> distinct = new HashSet<>();
    private final Map<String, Integer> paths = new HashMap<>();
    private int documents;
    private int values;
    private int strings;
    private int jsonNumbers;
    private int jsonTruths;
    private int objects;
    private int lists;
    private int pointNumbers;
    private int commaNumbers;
    private int codes;
    private int plainNumbers;
    private int truthLike;
    private int dateLike;
    private int addressLike;
    private int imageLike;
    private long characters;
    private long words;
    private int spaced;

    FieldProfile(String name) {
        this.name = name;
    }

    /** Takes in the value of one document; absent, null and empty values do not count. */
    void add(JsonNode value) {
        if (value.isNull() || (value.isString() && value.asString().isBlank())) {
            return;
        }
        documents++;
        if (value.isArray()) {
            lists++;
            value.forEach(this::addOne);
        } else {
            addOne(value);
        }
    }

    private void addOne(JsonNode value) {
        values++;
        if (value.isObject() || value.isArray()) {
            objects++;
            return;
        }
        String text = value.asString();
        remember(text);
        if (value.isNumber()) {
            jsonNumbers++;
        } else if (value.isBoolean()) {
            jsonTruths++;
        } else {
            addString(text.strip());
        }
    }

    private void remember(String text) {
        if (distinct.size() < DISTINCT_LIMIT) {
            distinct.add(text.substring(0, Math.min(text.length(), REMEMBERED_LENGTH)));
        }
    }

    private void addString(String text) {
        strings++;
        characters += text.length();
        int count = Values.words(text);
        words += count;
        spaced += count > 1 ? 1 : 0;
        pointNumbers += Values.isNumber(text, NumberStyle.POINT) ? 1 : 0;
        commaNumbers += Values.isNumber(text, NumberStyle.COMMA) ? 1 : 0;
        codes += Values.isCode(text) ? 1 : 0;
        plainNumbers += Values.isPlainNumber(text) ? 1 : 0;
        truthLike += Values.isTruth(text) ? 1 : 0;
        dateLike += Values.isDate(text) ? 1 : 0;
        if (Values.isAddress(text)) {
            addressLike++;
            imageLike += Values.isImage(text) ? 1 : 0;
            return;
        }
        for (String separator : PATH_SEPARATORS) {
            int levels = text.split(Pattern.quote(separator), -1).length;
            if (levels >= 2 && levels <= 8) {
                paths.merge(separator, 1, Integer::sum);
                break;
            }
        }
    }

    String name() {
        return name;
    }

    int documents() {
        return documents;
    }

    boolean listed() {
        return lists > 0;
    }

    int distinct() {
        return distinct.size();
    }

    /** Distinct values for each value; meaningless over the limit, where it reads as varied. */
    double variety() {
        return distinct.size() == DISTINCT_LIMIT
                ? 1
                : values == 0 ? 0 : distinct.size() / (double) values;
    }

    double meanLength() {
        return strings == 0 ? 0 : characters / (double) strings;
    }

    double meanWords() {
        return strings == 0 ? 0 : words / (double) strings;
    }

    /** Share of string values with more than one word. */
    double spacedShare() {
        return strings == 0 ? 0 : spaced / (double) strings;
    }

    boolean onlyJsonNumbers() {
        return values > 0 && jsonNumbers == values;
    }

    /**
     * True when nearly all values are numbers. The few others are left out on the way in: one
     * typing error in ten thousand prices must not cost the price facet.
     */
    boolean numeric() {
        int numbers = jsonNumbers + Math.max(pointNumbers, commaNumbers);
        return values > 0 && codes == 0 && numbers >= NUMERIC_SHARE * values;
    }

    /** True when the file's own writing of the numbers is not yet that of JSON. */
    boolean needsNumberStyle() {
        return jsonNumbers + plainNumbers < values;
    }

    /** True when every value is a JSON string. */
    boolean textual() {
        return values > 0 && strings == values;
    }

    /** The style in which more of the values are numbers. */
    NumberStyle numberStyle() {
        return commaNumbers > pointNumbers ? NumberStyle.COMMA : NumberStyle.POINT;
    }

    boolean onlyTruths() {
        return values > 0 && jsonTruths + truthLike == values;
    }

    boolean onlyDates() {
        return values > 0 && dateLike == values;
    }

    boolean mostlyAddresses() {
        return values > 0 && addressLike >= 0.98 * values;
    }

    boolean mostlyImages() {
        return values > 0 && imageLike >= 0.8 * values;
    }

    boolean holdsObjects() {
        return objects > 0;
    }

    /** The separator that most values have, or an empty string. */
    String pathSeparator() {
        for (String separator : PATH_SEPARATORS) {
            if (paths.getOrDefault(separator, 0) >= 0.3 * values && values > 0) {
                return separator;
            }
        }
        return "";
    }
}
