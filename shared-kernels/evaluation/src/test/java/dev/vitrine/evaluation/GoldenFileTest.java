package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * golden-judgments.tsv with these rankings, every value worked out by hand.
 *
 * <p>Discounts 1 / log2(rank + 1): 1, 0.6309298, 0.5, 0.4306766, 0.3868528. Gains 2^g - 1: grade 0
 * is 0, 0.5 is 0.4142136, 1 is 1, 1.5 is 1.8284271, 2 is 3, 3 is 7.
 */
class GoldenFileTest {

    private static final Offset<Double> EXACT = within(1e-6);

    private static final Map<String, List<String>> RANKINGS =
            Map.of(
                    "led tv", List.of("a2", "u1", "a1", "a4", "a3"),
                    "usb c", List.of("b1", "u1"),
                    "mouse pad", List.of("c2", "c1"),
                    "never judged", List.of("a1"));

    @Test
    void perQuery_isWhatHandsGet() throws IOException {
        List<QueryScores> scores = report().perQuery();
        assertThat(scores)
                .extracting(QueryScores::query)
                .containsExactly("led tv", "usb c", "mouse pad", "toner");

        // led tv. Grades by rank: a2 2, u1 unjudged, a1 3, a4 0, a3 1; a5 (3) is missing.
        QueryScores tv = scores.get(0);
        // DCG: 3 * 1 + 7 * 0.5 + 1 * 0.3868528 = 6.8868528
        // ideal 3 3 2 1 0: 7 * 1 + 7 * 0.6309298 + 3 * 0.5 + 1 * 0.4306766 = 13.3471848
        assertDefined(tv.ndcg10(), 6.8868528 / 13.3471848);
        assertDefined(tv.ndcg10(), 0.5159779);
        // Condensed a2 a1 a4 a3: 3 * 1 + 7 * 0.6309298 + 1 * 0.4306766 = 7.8471848
        assertDefined(tv.ndcg10Judged(), 7.8471848 / 13.3471848);
        assertDefined(tv.ndcg10Judged(), 0.5879281);
        // trec_eval's ndcg_cut_10 takes the grade itself:
        // 2 * 1 + 3 * 0.5 + 1 * 0.3868528 = 3.8868528
        // ideal: 3 * 1 + 3 * 0.6309298 + 2 * 0.5 + 1 * 0.4306766 = 6.3234658
        assertDefined(tv.ndcg10Linear(), 3.8868528 / 6.3234658);
        assertDefined(tv.ndcg10Linear(), 0.6146713);
        // a2 and a1 are relevant, 5 places stay empty; a5 is the third relevant one.
        assertDefined(tv.p10(), 2 / 10.0);
        assertDefined(tv.r50(), 2 / 3.0);
        assertDefined(tv.judged10(), 4 / 5.0);
        assertDefined(tv.mrr(), 1);

        // usb c. Nothing in the pool fits, so no measure says anything.
        QueryScores usb = scores.get(1);
        assertThat(usb.ndcg10()).isEmpty();
        assertThat(usb.ndcg10Judged()).isEmpty();
        assertThat(usb.ndcg10Linear()).isEmpty();
        assertThat(usb.p10()).isEmpty();
        assertThat(usb.r50()).isEmpty();
        assertThat(usb.judged10()).isEmpty();
        assertThat(usb.mrr()).isEmpty();

        // mouse pad. Decimal grades c2 0.5, c1 1.5, none of them relevant.
        QueryScores pad = scores.get(2);
        // DCG: 0.4142136 * 1 + 1.8284271 * 0.6309298 = 1.5678226
        // ideal: 1.8284271 * 1 + 0.4142136 * 0.6309298 = 2.0897668
        assertDefined(pad.ndcg10(), 1.5678226 / 2.0897668);
        assertDefined(pad.ndcg10(), 0.7502381);
        assertDefined(pad.ndcg10Judged(), 0.7502381);
        // 0.5 + 1.5 * 0.6309298 = 1.4463946; ideal 1.5 + 0.5 * 0.6309298 = 1.8154649
        assertDefined(pad.ndcg10Linear(), 0.7967076);
        assertDefined(pad.p10(), 0);
        assertThat(pad.r50()).isEmpty();
        assertDefined(pad.judged10(), 1);
        assertThat(pad.mrr()).isEmpty();

        // toner. One relevant product, nothing was returned.
        QueryScores toner = scores.get(3);
        assertDefined(toner.ndcg10(), 0);
        assertDefined(toner.ndcg10Judged(), 0);
        assertDefined(toner.p10(), 0);
        assertDefined(toner.r50(), 0);
        assertThat(toner.judged10()).isEmpty();
        assertDefined(toner.mrr(), 0);
    }

    @Test
    void means_areOverTheQueriesThatEachMeasureIsDefinedFor() throws IOException {
        SearchReport report = report();
        assertThat(report.queries()).isEqualTo(4);
        // (0.5159779 + 0.7502381 + 0) / 3
        assertMean(report.ndcg10(), 0.4220720, 3);
        // (0.5879281 + 0.7502381 + 0) / 3
        assertMean(report.ndcg10Judged(), 0.4460554, 3);
        // (0.6146713 + 0.7967076 + 0) / 3
        assertMean(report.ndcg10Linear(), 0.4704596, 3);
        // (0.2 + 0 + 0) / 3
        assertMean(report.p10(), 0.0666667, 3);
        // (2/3 + 0) / 2
        assertMean(report.r50(), 0.3333333, 2);
        // (0.8 + 1) / 2
        assertMean(report.judged10(), 0.9, 2);
        // (1 + 0) / 2
        assertMean(report.mrr(), 0.5, 2);
    }

    @Test
    void relevantFrom_movesPrecisionAndRecallOnly() throws IOException {
        SearchReport report = new SearchEvaluation(0.5).evaluate(judgments(), RANKINGS);
        assertThat(report.ndcg10()).isEqualTo(report().ndcg10());
        // led tv 3 of 10 and 3 of 4, mouse pad 2 of 10 and 2 of 2, toner nothing of 1
        assertMean(report.p10(), (0.3 + 0.2 + 0) / 3, 3);
        assertMean(report.r50(), (0.75 + 1 + 0) / 3, 3);
    }

    @Test
    void trecExport_writesWhatTrecEvalReads() throws IOException {
        TrecExport export = new TrecExport(judgments());
        StringWriter topics = new StringWriter();
        StringWriter qrels = new StringWriter();
        StringWriter run = new StringWriter();
        export.writeTopics(topics);
        export.writeQrels(qrels);
        export.writeRun(RANKINGS, "hybrid 1", run);
        assertThat(topics).hasToString("q1\tled tv\nq2\tusb c\nq3\tmouse pad\nq4\ttoner\n");
        assertThat(qrels.toString().lines())
                .hasSize(10)
                .startsWith("q1 0 a1 3", "q1 0 a2 2")
                .endsWith("q3 0 c1 1.5", "q3 0 c2 0.5", "q4 0 d1 3");
        assertThat(run.toString().lines())
                .hasSize(9)
                .startsWith("q1 Q0 a2 1 -1 hybrid%201", "q1 Q0 u1 2 -2 hybrid%201")
                .endsWith("q3 Q0 c1 2 -2 hybrid%201");
    }

    private static SearchReport report() throws IOException {
        return new SearchEvaluation(SearchEvaluation.DEFAULT_RELEVANT_FROM)
                .evaluate(judgments(), RANKINGS);
    }

    private static Judgments judgments() throws IOException {
        String name = "golden-judgments.tsv";
        try (InputStreamReader reader =
                new InputStreamReader(
                        Objects.requireNonNull(GoldenFileTest.class.getResourceAsStream(name)),
                        StandardCharsets.UTF_8)) {
            return Judgments.read(reader, name);
        }
    }

    private static void assertDefined(OptionalDouble actual, double expected) {
        assertThat(actual.orElseThrow()).isCloseTo(expected, EXACT);
    }

    private static void assertMean(Mean actual, double value, int queries) {
        assertThat(actual.value()).isCloseTo(value, EXACT);
        assertThat(actual.queries()).isEqualTo(queries);
    }
}
