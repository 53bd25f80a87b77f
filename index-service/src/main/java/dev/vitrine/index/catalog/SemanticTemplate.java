package dev.vitrine.index.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template such as {@code {brand} {title}}, which makes the text to embed from a document.
 * Immutable.
 *
 * @param parts literal texts and field names in turn, beginning with a literal
 */
record SemanticTemplate(List<String> parts) {

    SemanticTemplate {
        parts = List.copyOf(parts);
    }

    /** Reads a template; empty when its braces do not match. */
    static Optional<SemanticTemplate> parse(String template) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int open = template.indexOf('{', at);
            String literal = template.substring(at, open < 0 ? template.length() : open);
            if (literal.indexOf('}') >= 0) {
                return Optional.empty();
            }
            parts.add(literal);
            if (open < 0) {
                return Optional.of(new SemanticTemplate(parts));
            }
            int close = template.indexOf('}', open);
            String field = close < 0 ? "" : template.substring(open + 1, close).strip();
            if (field.isEmpty() || field.indexOf('{') >= 0) {
                return Optional.empty();
            }
            parts.add(field);
            at = close + 1;
        }
    }

    /** The fields that the template names. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < parts.size(); i += 2) {
            fields.add(parts.get(i));
        }
        return fields;
    }

    /** The text of a document: white space runs become one blank, absent fields nothing. */
    String render(Map<String, Object> document, int maxLength) {
        StringBuilder text = new StringBuilder();
        boolean filled = false;
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 0) {
                text.append(parts.get(i));
            } else {
                int before = text.length();
                append(text, document.get(parts.get(i)));
                filled |= text.length() > before;
            }
        }
        if (!filled) {
            // Nothing but the template's own words says nothing about the product.
            return "";
        }
        String bare = text.toString().replaceAll("\\s+", " ").strip();
        if (bare.length() <= maxLength) {
            return bare;
        }
        int end = Character.isHighSurrogate(bare.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        return bare.substring(0, end);
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case String words -> text.append(words);
            case Number number -> text.append(SchemaTyping.plain(number));
            case Boolean flag -> text.append(flag);
            case Collection<?> many -> {
                String gap = "";
                for (Object one : many) {
                    text.append(gap);
                    append(text, one);
                    gap = " ";
                }
            }
            case null, default -> {
                // absent, or an object: no words
            }
        }
    }
}
