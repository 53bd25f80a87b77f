package dev.vitrine.evaluation;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes judgements and rankings in the forms that trec_eval reads, so that anybody can check our
 * figures with another program.
 *
 * <p>TREC fields are separated by blanks. Queries therefore become {@code q1}, {@code q2}, ... in
 * the order of the judgements ({@link #writeTopics} says which is which), and blanks, control
 * characters and percent signs in product ids become {@code %XX}. trec_eval reads whole grades only
 * and cuts decimals off.
 */
public final class TrecExport {

    private final Judgments judgments;
    private final Map<String, String> topicByQuery = new LinkedHashMap<>();

    /** Numbers the queries of some judgements. */
    public TrecExport(Judgments judgments) {
        this.judgments = judgments;
        for (String query : judgments.queries()) {
            topicByQuery.put(query, "q" + (topicByQuery.size() + 1));
        }
    }

    /** One line a query: topic, tab, query. */
    public void writeTopics(Writer out) throws IOException {
        for (Map.Entry<String, String> topic : topicByQuery.entrySet()) {
            out.write(topic.getValue() + "\t" + topic.getKey() + "\n");
        }
    }

    /** One line a judgement: topic, 0, product, grade. */
    public void writeQrels(Writer out) throws IOException {
        for (Map.Entry<String, String> topic : topicByQuery.entrySet()) {
            for (Map.Entry<String, Double> grade : judgments.grades(topic.getKey()).entrySet()) {
                out.write(
                        "%s 0 %s %s\n"
                                .formatted(
                                        topic.getValue(),
                                        word(grade.getKey()),
                                        number(grade.getValue())));
            }
        }
    }

    /**
     * One line a ranked product: topic, Q0, product, rank, score, name of the run. trec_eval orders
     * by score and, worse, ties by id, so the score written is minus the rank: its order is ours.
     *
     * @param rankings product ids, best first, by query; those of queries without judgements are
     *     left out
     * @param runName name without blanks
     */
    public void writeRun(Map<String, List<String>> rankings, String runName, Writer out)
            throws IOException {
        for (Map.Entry<String, String> topic : topicByQuery.entrySet()) {
            List<String> ranking = rankings.getOrDefault(topic.getKey(), List.of());
            for (int rank = 1; rank <= ranking.size(); rank++) {
                out.write(
                        "%s Q0 %s %d %d %s\n"
                                .formatted(
                                        topic.getValue(),
                                        word(ranking.get(rank - 1)),
                                        rank,
                                        -rank,
                                        word(runName)));
            }
        }
    }

    private static String number(double grade) {
        return grade == Math.rint(grade) && grade < Long.MAX_VALUE
                ? Long.toString((long) grade)
                : Double.toString(grade);
    }

    private static String word(String text) {
        StringBuilder word = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    boolean separates =
                            c == '%'
                                    || Character.isWhitespace(c)
                                    || Character.isSpaceChar(c)
                                    || Character.isISOControl(c);
                    if (separates) {
                        word.append(String.format(Locale.ROOT, "%%%02X", c));
                    } else {
                        word.appendCodePoint(c);
                    }
                });
        return word.toString();
    }
}
