package dev.vitrine.contracts.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads both notations of a filter: the string ({@code brand = "X" AND price 10 TO 50}) and the
 * JSON tree ({@code {"and": [...]}}). The one parser of all services.
 */
public final class FilterParser {

    /** Longest string, in characters. */
    public static final int MAX_LENGTH = 8_192;

    /** Deepest nesting. */
    public static final int MAX_DEPTH = 20;

    /** Most conditions in one filter. */
    public static final int MAX_CONDITIONS = 500;

    /** Most values in one list. */
    public static final int MAX_VALUES = 1_000;

    private FilterParser() {}

    /**
     * Reads a filter in either notation.
     *
     * @throws FilterException when it cannot be read
     */
    public static Filter parse(JsonNode node) {
        if (node.isString()) {
            return parse(node.stringValue());
        }
        return new Tree().read(node, "", 0);
    }

    /**
     * Reads the string notation.
     *
     * @throws FilterException with the position of the fault
     */
    public static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FilterException(
                    "@" + MAX_LENGTH, "a filter has at most " + MAX_LENGTH + " characters");
        }
        Text parser = new Text(text);
        Filter filter = parser.or(0);
        parser.expectEnd();
        return filter;
    }

    private static void limitDepth(int depth, String pointer) {
        if (depth > MAX_DEPTH) {
            throw new FilterException(pointer, "a filter nests at most " + MAX_DEPTH + " deep");
        }
    }

    private static void limitConditions(int count, String pointer) {
        if (count > MAX_CONDITIONS) {
            throw new FilterException(
                    pointer, "a filter has at most " + MAX_CONDITIONS + " conditions");
        }
    }

    private static void limitValues(int count, String pointer) {
        if (count > MAX_VALUES) {
            throw new FilterException(pointer, "a list has at most " + MAX_VALUES + " values");
        }
    }

    /** Comparison operators shared by both notations. */
    private static Filter compare(String field, String operator, String value, String pointer) {
        return switch (operator) {
            case "=" -> new Filter.In(field, List.of(value));
            case "!=" -> new Filter.Not(new Filter.In(field, List.of(value)));
            case "<" -> new Filter.Range(field, null, false, value, false);
            case "<=" -> new Filter.Range(field, null, false, value, true);
            case ">" -> new Filter.Range(field, value, false, null, false);
            case ">=" -> new Filter.Range(field, value, true, null, false);
            default ->
                    throw new FilterException(
                            pointer,
                            "unknown operator '"
                                    + operator
                                    + "': expected =, !=, <, <=, >, >=, in, range or exists");
        };
    }

    /** Recursive descent over the string notation; NOT binds tighter than AND, AND than OR. */
    private static final class Text {

        private final String text;
        private int position;
        private int conditions;

        Text(String text) {
            this.text = text;
        }

        Filter or(int depth) {
            List<Filter> parts = new ArrayList<>();
            parts.add(and(depth));
            while (keyword("OR")) {
                parts.add(and(depth));
            }
            return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
        }

        private Filter and(int depth) {
            List<Filter> parts = new ArrayList<>();
            parts.add(not(depth));
            while (keyword("AND")) {
                parts.add(not(depth));
            }
            return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
        }

        private Filter not(int depth) {
            limitDepth(depth, at(position));
            if (keyword("NOT")) {
                return new Filter.Not(not(depth + 1));
            }
            if (symbol("(")) {
                Filter inner = or(depth + 1);
                if (!symbol(")")) {
                    throw fail("expected ')'");
                }
                return inner;
            }
            limitConditions(++conditions, at(position));
            return condition();
        }

        private Filter condition() {
            String field = field();
            if (keyword("EXISTS")) {
                return new Filter.Exists(field);
            }
            if (keyword("IN")) {
                return new Filter.In(field, list());
            }
            for (String operator : List.of("!=", "<=", ">=", "=", "<", ">")) {
                if (symbol(operator)) {
                    return compare(field, operator, value(), at(position));
                }
            }
            String from = value();
            if (!keyword("TO")) {
                throw fail("expected TO and the upper bound of the range");
            }
            return new Filter.Range(field, from, true, value(), true);
        }

        private List<String> list() {
            if (!symbol("[")) {
                throw fail("expected '[' and a list of values");
            }
            List<String> values = new ArrayList<>();
            do {
                values.add(value());
                limitValues(values.size(), at(position));
            } while (symbol(","));
            if (!symbol("]")) {
                throw fail("expected ',' or ']'");
            }
            return values;
        }

        private String field() {
            skipSpace();
            if (peek() == '`') {
                return quoted('`');
            }
            int start = position;
            while (position < text.length() && isNamePart(text.charAt(position), start)) {
                position++;
            }
            if (start == position) {
                throw fail("expected a field name");
            }
            String name = text.substring(start, position);
            if (isReserved(name)) {
                position = start;
                throw fail(
                        "expected a field name, found "
                                + name.toUpperCase(Locale.ROOT)
                                + " (put the name in backquotes if a field is called so)");
            }
            return name;
        }

        private boolean isNamePart(char c, int start) {
            if (Character.isLetter(c) || c == '_') {
                return true;
            }
            return position > start && (Character.isDigit(c) || c == '.' || c == '-');
        }

        private static boolean isReserved(String name) {
            return switch (name.toUpperCase(Locale.ROOT)) {
                case "AND", "OR", "NOT", "IN", "TO", "EXISTS" -> true;
                default -> false;
            };
        }

        private String value() {
            skipSpace();
            char c = peek();
            if (c == '"' || c == '\'') {
                return quoted(c);
            }
            int start = position;
            while (position < text.length() && isValuePart(text.charAt(position))) {
                position++;
            }
            if (start == position) {
                throw fail("expected a value");
            }
            return text.substring(start, position);
        }

        private static boolean isValuePart(char c) {
            return Character.isLetterOrDigit(c)
                    || c == '.'
                    || c == '-'
                    || c == '+'
                    || c == '_'
                    || c == ':';
        }

        private String quoted(char quote) {
            int start = position++;
            StringBuilder value = new StringBuilder();
            while (position < text.length()) {
                char c = text.charAt(position++);
                if (c == '\\' && position < text.length()) {
                    value.append(text.charAt(position++));
                } else if (c == quote) {
                    return value.toString();
                } else {
                    value.append(c);
                }
            }
            position = start;
            throw fail("this quote is never closed");
        }

        private boolean keyword(String word) {
            skipSpace();
            int end = position + word.length();
            if (!text.regionMatches(true, position, word, 0, word.length())) {
                return false;
            }
            if (end < text.length()
                    && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                return false;
            }
            position = end;
            return true;
        }

        private boolean symbol(String symbol) {
            skipSpace();
            if (!text.startsWith(symbol, position)) {
                return false;
            }
            position += symbol.length();
            return true;
        }

        void expectEnd() {
            skipSpace();
            if (position < text.length()) {
                throw fail("expected AND, OR or the end");
            }
        }

        private void skipSpace() {
            while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }

        private char peek() {
            return position < text.length() ? text.charAt(position) : '\0';
        }

        private FilterException fail(String message) {
            return new FilterException(
                    at(position),
                    message
                            + (position < text.length()
                                    ? " at position " + (position + 1)
                                    : " at the end"));
        }

        private static String at(int position) {
            return "@" + (position + 1);
        }
    }

    /** Reads the JSON tree. */
    private static final class Tree {

        private int conditions;

        Filter read(JsonNode node, String pointer, int depth) {
            limitDepth(depth, pointer);
            if (!node.isObject()) {
                throw new FilterException(pointer, "expected an object or a filter string");
            }
            if (node.has("and")) {
                return new Filter.And(readAll(node.get("and"), pointer + "/and", depth));
            }
            if (node.has("or")) {
                return new Filter.Or(readAll(node.get("or"), pointer + "/or", depth));
            }
            if (node.has("not")) {
                return new Filter.Not(read(node.get("not"), pointer + "/not", depth + 1));
            }
            limitConditions(++conditions, pointer);
            return condition(node, pointer);
        }

        private List<Filter> readAll(JsonNode array, String pointer, int depth) {
            if (!array.isArray() || array.isEmpty()) {
                throw new FilterException(pointer, "expected a list of conditions");
            }
            List<Filter> parts = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                parts.add(read(array.get(i), pointer + "/" + i, depth + 1));
            }
            return parts;
        }

        private static Filter condition(JsonNode node, String pointer) {
            String field = required(node, "field", pointer);
            if (field.isEmpty()) {
                throw new FilterException(pointer + "/field", "expected a field name");
            }
            String operator =
                    node.has("op") ? required(node, "op", pointer).toLowerCase(Locale.ROOT) : "=";
            return switch (operator) {
                case "exists" -> new Filter.Exists(field);
                case "in" -> new Filter.In(field, values(node, pointer));
                case "range" -> range(node, field, pointer);
                default ->
                        compare(field, operator, required(node, "value", pointer), pointer + "/op");
            };
        }

        private static List<String> values(JsonNode node, String pointer) {
            JsonNode array = node.get("values");
            if (array == null || !array.isArray() || array.isEmpty()) {
                throw new FilterException(pointer + "/values", "expected a list of values");
            }
            limitValues(array.size(), pointer + "/values");
            List<String> values = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                values.add(scalar(array.get(i), pointer + "/values/" + i));
            }
            return values;
        }

        private static Filter range(JsonNode node, String field, String pointer) {
            String from = optional(node, "from", pointer);
            String to = optional(node, "to", pointer);
            if (from == null && to == null) {
                throw new FilterException(pointer, "a range needs from or to");
            }
            return new Filter.Range(field, from, true, to, true);
        }

        private static String required(JsonNode node, String name, String pointer) {
            String value = optional(node, name, pointer);
            if (value == null) {
                throw new FilterException(pointer + "/" + name, "'" + name + "' is missing");
            }
            return value;
        }

        private static @Nullable String optional(JsonNode node, String name, String pointer) {
            JsonNode value = node.get(name);
            return value == null || value.isNull() ? null : scalar(value, pointer + "/" + name);
        }

        private static String scalar(JsonNode value, String pointer) {
            if (!value.isValueNode() || value.isNull()) {
                throw new FilterException(pointer, "expected a text, a number, true or false");
            }
            return value.asString();
        }
    }
}
