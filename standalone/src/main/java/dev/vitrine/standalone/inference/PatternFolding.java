package dev.vitrine.standalone.inference;

import dev.vitrine.contracts.catalog.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces many fields of one naming scheme by a pattern, so that thousands of attribute keys stay
 * one entry of the schema.
 *
 * <p>A group of fields that share a prefix up to a separator is folded when all have the same type,
 * or all are strings; otherwise its parts with a longer common prefix are tried. Fields with a role
 * stay by themselves: the exact name wins over a pattern.
 */
final class PatternFolding {
    private static final int SMALLEST_GROUP = 8;

    /**
     * A schema has at most 500 entries, patterns included; the fields left out are stored but not
     * indexed.
     */
    private static final int SINGLE_FIELDS = 400;

    private static final Pattern TOKEN = Pattern.compile("[^_.:/ -]*[_.:/ -]+");

    /** So much of a group must be strings before all of it is taken for strings. */
    private static final double MOSTLY = 0.8;

    private final Predicate<String> textual;

    /**
     * @param textual true for fields whose values are all strings, whatever they look like
     */
    PatternFolding(Predicate<String> textual) {
        this.textual = textual;
    }

    List<InferredField> fold(List<InferredField> fields) {
        List<InferredField> single = new ArrayList<>();
        List<InferredField> patterns = new ArrayList<>();
        List<InferredField> free = new ArrayList<>();
        for (InferredField field : fields) {
            (field.role() == null ? free : single).add(field);
        }
        foldGroup("", free, single, patterns);
        List<InferredField> folded =
                new ArrayList<>(single.subList(0, Math.min(single.size(), SINGLE_FIELDS)));
        folded.addAll(patterns);
        return folded;
    }

    private void foldGroup(
            String prefix,
            List<InferredField> group,
            List<InferredField> single,
            List<InferredField> patterns) {
        Map<String, List<InferredField>> longer = new LinkedHashMap<>();
        for (InferredField field : group) {
            Matcher token = TOKEN.matcher(field.name());
            if (token.find(prefix.length()) && token.start() == prefix.length()) {
                longer.computeIfAbsent(
                                field.name().substring(0, token.end()), key -> new ArrayList<>())
                        .add(field);
            } else {
                single.add(field);
            }
        }
        longer.forEach((key, members) -> {
            if (members.size() < SMALLEST_GROUP) {
                single.addAll(members);
            } else if (sameType(members)) {
                patterns.add(pattern(key, kind(members.getFirst().type())));
            } else if (strings(members)) {
                patterns.add(pattern(key, FieldType.KEYWORD));
            } else {
                foldGroup(key, members, single, patterns);
            }
        });
    }

    private static boolean sameType(List<InferredField> members) {
        return members.stream().map(member -> kind(member.type())).distinct().count() == 1;
    }

    /** Strings of which a few happen to look like numbers or dates. */
    private boolean strings(List<InferredField> members) {
        long words =
                members.stream().filter(member -> kind(member.type()) == FieldType.KEYWORD).count();
        return words >= MOSTLY * members.size()
                && members.stream().allMatch(member -> textual.test(member.name()));
    }

    /**
     * Text and keyword are one kind here: a pattern of both becomes keyword, which can be counted.
     */
    private static FieldType kind(FieldType type) {
        return type == FieldType.TEXT ? FieldType.KEYWORD : type;
    }

    private static InferredField pattern(String prefix, FieldType type) {
        boolean counted =
                switch (type) {
                    case KEYWORD, NUMBER, BOOLEAN, CATEGORY_PATH -> true;
                    case TEXT, DATE, IMAGE -> false;
                };
        return new InferredField(
                prefix + "*",
                type,
                type == FieldType.KEYWORD || type == FieldType.CATEGORY_PATH ? 0.5 : 0,
                type != FieldType.IMAGE,
                counted,
                false,
                null);
    }
}
