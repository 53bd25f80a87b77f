package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads product documents from JSON and holds them to their limits: depth, members, text length,
 * length of names, finite numbers, no name twice, no characters that PostgreSQL or UTF-8 cannot
 * hold. Thread-safe.
 */
public final class DocumentReader {

    private static final int HARD_DEPTH = 200;
    private static final int NUMBER_LENGTH = 400;

    /** What others read with Jackson's own limits later must stay within them. */
    private static final int MAX_NAME = 1_000;

    /** Leaves {@link #NUMBER_LENGTH} room for sign, leading zeros and exponent. */
    private static final int MAX_DIGITS = NUMBER_LENGTH - 20;

    private final DocumentProperties limits;
    private final JsonMapper mapper;

    DocumentReader(DocumentProperties limits) {
        this.limits = limits;
        this.mapper =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(HARD_DEPTH)
                                                        .maxNumberLength(NUMBER_LENGTH)
                                                        .build())
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /** Most bytes that a document may have. */
    int maxBytes() {
        return Math.toIntExact(limits.maxSize().toBytes());
    }

    /**
     * Reads a document.
     *
     * @throws ProblemException with MALFORMED_JSON, PRODUCT_INVALID or PRODUCT_TOO_LARGE
     */
    Map<String, Object> read(String json) {
        if (json.length() > maxBytes()) {
            throw tooLarge();
        }
        try {
            return check(mapper.readValue(json, Object.class));
        } catch (StreamConstraintsException e) {
            throw invalid("", e.getOriginalMessage());
        } catch (JacksonException e) {
            throw new ProblemException(
                    CommonErrors.MALFORMED_JSON,
                    e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : " (line "
                                            + e.getLocation().getLineNr()
                                            + ", column "
                                            + e.getLocation().getColumnNr()
                                            + ")"),
                    e);
        }
    }

    /** Reads a document that was checked before it was stored. */
    Map<String, Object> parse(String json) {
        return asDocument(mapper.readValue(json, Map.class));
    }

    /** What a document does not get past: thrown when it, or a part of it, is beyond its limit. */
    ProblemException tooLarge() {
        return new ProblemException(
                WriterErrors.PRODUCT_TOO_LARGE,
                "a product may have " + limits.maxSize().toKilobytes() + " kB as JSON");
    }

    /**
     * Checks a document that was put together here.
     *
     * @return the same document
     */
    public Map<String, Object> check(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            throw invalid("", "a product is one JSON object, not " + kind(value));
        }
        new Walk(limits).object(members, "", 1);
        return asDocument(members);
    }

    private static Map<String, Object> asDocument(Map<?, ?> members) {
        Map<String, Object> document = new LinkedHashMap<>(members.size() * 2);
        members.forEach((name, member) -> document.put((String) name, member));
        return document;
    }

    static ProblemException invalid(String pointer, String message) {
        return new ProblemException(WriterErrors.PRODUCT_INVALID, message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> list -> "a list of " + list.size();
            case String text -> "a string";
            case Number number -> "a number";
            default -> "a boolean";
        };
    }

    /** One visit of all values of a document. */
    private static final class Walk {

        private final DocumentProperties limits;
        private int fields;

        Walk(DocumentProperties limits) {
            this.limits = limits;
        }

        void object(Map<?, ?> members, String pointer, int depth) {
            if (depth > limits.maxDepth()) {
                throw invalid(pointer, "nested deeper than " + limits.maxDepth() + " levels");
            }
            fields += members.size();
            if (fields > limits.maxFields()) {
                throw invalid(pointer, "more than " + limits.maxFields() + " fields");
            }
            for (Map.Entry<?, ?> member : members.entrySet()) {
                String name = (String) member.getKey();
                if (name.length() > MAX_NAME) {
                    throw invalid(
                            pointer,
                            "the name of a field is longer than " + MAX_NAME + " characters");
                }
                text(name, pointer);
                if (name.isBlank()) {
                    throw invalid(pointer, "a field has no name");
                }
                value(member.getValue(), JsonPointers.member(pointer, name), depth);
            }
        }

        private void value(@Nullable Object value, String pointer, int depth) {
            switch (value) {
                case Map<?, ?> members -> object(members, pointer, depth + 1);
                case List<?> elements -> list(elements, pointer, depth + 1);
                case String text -> text(text, pointer);
                case Number number -> {
                    if (number instanceof BigDecimal decimal && decimal.precision() > MAX_DIGITS) {
                        throw invalid(
                                pointer, "the number has more than " + MAX_DIGITS + " digits");
                    }
                    if (!Double.isFinite(number.doubleValue())) {
                        throw invalid(pointer, "the number is beyond the range of a double");
                    }
                }
                case null, default -> {
                    // null, true, false
                }
            }
        }

        private void list(List<?> elements, String pointer, int depth) {
            if (depth > limits.maxDepth()) {
                throw invalid(pointer, "nested deeper than " + limits.maxDepth() + " levels");
            }
            for (int i = 0; i < elements.size(); i++) {
                value(elements.get(i), JsonPointers.element(pointer, i), depth);
            }
        }

        private void text(String text, String pointer) {
            if (text.length() > limits.maxStringLength()) {
                throw invalid(pointer, "longer than " + limits.maxStringLength() + " characters");
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == 0) {
                    throw invalid(pointer, "holds a NUL character");
                }
                if (Character.isSurrogate(c)) {
                    if (!Character.isHighSurrogate(c)
                            || i + 1 == text.length()
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        throw invalid(pointer, "holds half of a character (a lone surrogate)");
                    }
                    i++;
                }
            }
        }
    }
}
