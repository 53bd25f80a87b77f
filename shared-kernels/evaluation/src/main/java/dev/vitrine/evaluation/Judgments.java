package dev.vitrine.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Graded relevance of products for queries, as people have judged it; unchanging.
 *
 * <p>The file form is UTF-8 text, tab separated, without quoting: a header {@code query}, {@code
 * product_id}, {@code grade}, then one judgement a line. Grades are decimal numbers of 0 or more;
 * the same judgement may be repeated, a contradicting one may not. Empty lines are skipped. Queries
 * keep the order of the file.
 */
public final class Judgments {

    private static final List<String> HEADER = List.of("query", "product_id", "grade");

    private final Map<String, Map<String, Double>> gradesByQuery;

    private Judgments(Map<String, Map<String, Double>> gradesByQuery) {
        this.gradesByQuery = gradesByQuery;
    }

    /** Takes judgements from memory: query, then product id, then grade. */
    public static Judgments of(Map<String, Map<String, Double>> gradesByQuery) {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        gradesByQuery.forEach((query, grades) -> {
            grades.values().forEach(Judgments::checkGrade);
            copy.put(query, Collections.unmodifiableMap(new LinkedHashMap<>(grades)));
        });
        return new Judgments(Collections.unmodifiableMap(copy));
    }

    /**
     * Reads a file.
     *
     * @throws MalformedJudgmentsException if its content has not the form above
     */
    public static Judgments read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader, file.toString());
        }
    }

    /**
     * Reads text to its end; does not close it.
     *
     * @param source name of the text in error messages
     * @throws MalformedJudgmentsException if it has not the form above
     */
    public static Judgments read(Reader reader, String source) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        Map<String, Map<String, Double>> gradesByQuery = new LinkedHashMap<>();
        int number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number == 1) {
                    checkHeader(line, source);
                } else if (!line.isBlank()) {
                    add(gradesByQuery, line, source, number);
                }
            }
        } catch (CharacterCodingException e) {
            throw new MalformedJudgmentsException(source, number + 1, "not valid UTF-8", e);
        }
        if (number == 0) {
            throw new MalformedJudgmentsException(source, 1, "the file is empty");
        }
        return of(gradesByQuery);
    }

    /** All judged queries. */
    public Set<String> queries() {
        return gradesByQuery.keySet();
    }

    /** Grades by product id; empty for a query without judgements. */
    public Map<String, Double> grades(String query) {
        return gradesByQuery.getOrDefault(query, Map.of());
    }

    /** Number of judgements. */
    public int size() {
        return gradesByQuery.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * The judgements of some queries only, such as one part of a split; unknown ones are ignored.
     */
    public Judgments only(Set<String> queries) {
        Map<String, Map<String, Double>> part = new LinkedHashMap<>(gradesByQuery);
        part.keySet().retainAll(new LinkedHashSet<>(queries));
        return new Judgments(Collections.unmodifiableMap(part));
    }

    private static void checkHeader(String line, String source) throws IOException {
        String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!fields(text).equals(HEADER)) {
            throw new MalformedJudgmentsException(
                    source, 1, "the header must be " + String.join("<tab>", HEADER));
        }
    }

    private static void add(
            Map<String, Map<String, Double>> gradesByQuery, String line, String source, int number)
            throws IOException {
        List<String> fields = fields(line);
        if (fields.size() != HEADER.size()) {
            throw new MalformedJudgmentsException(
                    source, number, "3 fields separated by tabs expected, found " + fields.size());
        }
        String query = fields.get(0);
        String productId = fields.get(1);
        if (query.isBlank() || productId.isBlank()) {
            throw new MalformedJudgmentsException(
                    source, number, (query.isBlank() ? "query" : "product_id") + " is blank");
        }
        double grade;
        try {
            grade = Double.parseDouble(fields.get(2));
            checkGrade(grade);
        } catch (IllegalArgumentException e) {
            throw new MalformedJudgmentsException(
                    source,
                    number,
                    "grade must be a number of 0 or more, but is '" + fields.get(2) + "'",
                    e);
        }
        Double before =
                gradesByQuery
                        .computeIfAbsent(query, q -> new LinkedHashMap<>())
                        .putIfAbsent(productId, grade);
        if (before != null && before != grade) {
            throw new MalformedJudgmentsException(
                    source,
                    number,
                    "'%s' was graded %s for '%s' before".formatted(productId, before, query));
        }
    }

    private static void checkGrade(double grade) {
        if (!(grade >= 0) || grade == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "a grade must be a number of 0 or more, but is " + grade);
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
            fields.add(line.substring(from, tab));
            from = tab + 1;
        }
        fields.add(line.substring(from));
        return fields;
    }
}
