package dev.vitrine.benchmarks.vectorset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One record of a catalogue or query file, its columns told apart by their names.
 *
 * @param title empty when there is none
 * @param description empty when there is none
 * @param attributes each as {@code name: value}
 * @param query what a shopper typed; empty when the file has no such column
 */
record CatalogRecord(String title, String description, List<String> attributes, String query) {

    private static final List<String> TITLES =
            List.of("title", "input_title", "productdisplayname", "name", "input");
    private static final List<String> DESCRIPTIONS =
            List.of("description", "short_description", "input_description");
    private static final List<String> QUERIES = List.of("query", "user_query");

    /** Columns that say nothing about a product in words. */
    private static final Set<String> SILENT =
            Set.of("id", "ean", "image", "quantity", "date_released", "put", "cluster_id", "price");

    private static final int LONGEST_ATTRIBUTE = 120;
    private static final int SHORTEST_SENTENCE = 12;
    private static final Pattern MARKUP = Pattern.compile("<[^<>]{1,40}>|\\\\n");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\n+");
    private static final Pattern ATTRIBUTE_PREFIX = Pattern.compile("^attr_[tnb]_");

    /** Reads the columns of one record; names are compared without case. */
    static CatalogRecord of(Map<String, String> columns) {
        String title = first(TITLES, columns);
        String description = first(DESCRIPTIONS, columns);
        List<String> attributes = new ArrayList<>();
        columns.forEach((name, value) -> {
            String column = name.toLowerCase(Locale.ROOT);
            boolean text =
                    !SILENT.contains(column)
                            && !TITLES.contains(column)
                            && !DESCRIPTIONS.contains(column)
                            && !QUERIES.contains(column);
            if (text
                    && !value.isBlank()
                    && value.length() <= LONGEST_ATTRIBUTE
                    && !value.contains("://")
                    && !value.equals("false")) {
                attributes.add(
                        ATTRIBUTE_PREFIX.matcher(column).replaceFirst("").replace('_', ' ')
                                + ": "
                                + oneLine(value));
            }
        });
        return new CatalogRecord(
                oneLine(title),
                description,
                List.copyOf(attributes),
                oneLine(first(QUERIES, columns)));
    }

    /** The description on one line. */
    String descriptionLine() {
        return oneLine(description);
    }

    /** The sentences of the description that are long enough to say something. */
    List<String> sentences() {
        return Arrays.stream(SENTENCE_END.split(MARKUP.matcher(description).replaceAll("\n")))
                .map(CatalogRecord::oneLine)
                .filter(sentence -> sentence.length() >= SHORTEST_SENTENCE)
                .toList();
    }

    private static String first(List<String> names, Map<String, String> columns) {
        for (String name : names) {
            for (Map.Entry<String, String> column : columns.entrySet()) {
                if (column.getKey().equalsIgnoreCase(name) && !column.getValue().isBlank()) {
                    return column.getValue();
                }
            }
        }
        return "";
    }

    private static String oneLine(String text) {
        return SPACE.matcher(MARKUP.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
    }
}
