package dev.vitrine.standalone.study;

import dev.vitrine.evaluation.Fold;
import dev.vitrine.evaluation.Judgments;
import dev.vitrine.evaluation.SearchEvaluation;
import dev.vitrine.evaluation.SearchReport;
import dev.vitrine.standalone.shop.Shop;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Chooses the fixed scoring head by cross-validation over queries, against a running Vitrine. Start
 * it with a low floor so that candidates below the final floor are seen ({@code
 * RETRIEVAL_HEAD_SEMANTIC_FLOOR=0.3 ./vitrine demo --detach}), then run this class with the
 * gateway's address, a catalogue and a judgements file. Its table is in retrieval-service's
 * RATIONALE.md.
 */
final class HeadStudy {

    private static final double[] SEMANTIC_WEIGHTS = {
        0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 1, 1.25, 1.5, 2, 3, 4
    };
    private static final double[] FLOORS = {0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 2};
    private static final int FOLDS = 5;
    private static final int REPEATS = 20;

    /** A head up to scale: text weight 1. */
    private record Head(double semanticWeight, double floor) {}

    /**
     * @param text BM25 over the best BM25 of the query
     * @param cosine 0 without a vector
     * @param textMatch whether enough terms matched
     */
    private record Candidate(String id, double text, double cosine, boolean textMatch) {}

    private final Judgments judgments;
    private final Map<String, List<Candidate>> candidates;
    private final Map<Head, Map<String, List<String>>> rankings = new LinkedHashMap<>();

    private HeadStudy(Judgments judgments, Map<String, List<Candidate>> candidates) {
        this.judgments = judgments;
        this.candidates = candidates;
    }

    /** Arguments: gateway address, catalogue, judgements file. */
    public static void main(String[] arguments) throws IOException {
        Judgments judgments = Judgments.read(Path.of(arguments[2]));
        try (Shop shop = new Shop(URI.create(arguments[0]))) {
            Map<String, List<Candidate>> candidates = new TreeMap<>();
            for (String query : judgments.queries()) {
                candidates.put(query, fetch(shop, arguments[1], query));
            }
            new HeadStudy(judgments, candidates)
                    .run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        }
    }

    /** By text and by meaning apart, so that the present head's order hides no candidate. */
    private static List<Candidate> fetch(Shop shop, String catalog, String query) {
        Map<String, Candidate> found = new LinkedHashMap<>();
        for (int offset = 0; offset < 2_000; offset += 250) {
            JsonNode answer =
                    shop.search(
                            catalog,
                            Shop.query(query)
                                    .put("explain", true)
                                    .put("limit", 250)
                                    .put("offset", offset)
                                    .set("fields", Shop.JSON.valueToTree(List.of("price"))));
            for (JsonNode hit : answer.get("hits")) {
                JsonNode why = hit.get("explanation");
                found.put(
                        hit.get("id").asString(),
                        new Candidate(
                                hit.get("id").asString(),
                                why.get("text").asDouble(),
                                Math.max(0, why.path("cosine").asDouble(0)),
                                hit.get("matchedBy").toString().contains("text")));
            }
            if (answer.get("hits").size() < 250) {
                break;
            }
        }
        return new ArrayList<>(found.values());
    }

    private void run(PrintStream out) {
        for (double weight : SEMANTIC_WEIGHTS) {
            for (double floor : FLOORS) {
                Head head = new Head(weight, floor);
                rankings.put(head, rank(head));
            }
        }
        out.printf("%-8s", "w \\ floor");
        for (double floor : FLOORS) {
            out.printf("%8.2f", floor);
        }
        out.println();
        for (double weight : SEMANTIC_WEIGHTS) {
            out.printf("%-8.3f", weight);
            for (double floor : FLOORS) {
                out.printf("%8.4f", ndcg(new Head(weight, floor), judgments));
            }
            out.println();
        }
        Head chosen = best(judgments);
        out.printf("best on all queries: %s %s%n", chosen, report(chosen, judgments));
        double sum = 0;
        int count = 0;
        Map<Head, Integer> choices = new LinkedHashMap<>();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            for (Fold fold : Fold.split(judgments.queries(), FOLDS, repeat)) {
                Head head = best(judgments.only(fold.train()));
                choices.merge(head, 1, Integer::sum);
                SearchReport tested = report(head, judgments.only(fold.test()));
                sum += tested.ndcg10().value() * tested.ndcg10().queries();
                count += tested.ndcg10().queries();
            }
        }
        out.printf(
                "nDCG@10 on held-out queries, %d x %d folds: %.4f%n", REPEATS, FOLDS, sum / count);
        choices.entrySet().stream()
                .sorted(Map.Entry.<Head, Integer>comparingByValue().reversed())
                .limit(8)
                .forEach(choice -> out.println("  chosen " + choice));
        calibrate(chosen, out);
    }

    private Head best(Judgments judged) {
        return rankings.keySet().stream()
                .max(Comparator.comparingDouble(head -> ndcg(head, judged)))
                .orElseThrow();
    }

    private double ndcg(Head head, Judgments judged) {
        return report(head, judged).ndcg10().value();
    }

    private SearchReport report(Head head, Judgments judged) {
        Map<String, List<String>> lists = rankings.getOrDefault(head, Map.of());
        Set<String> queries = judged.queries();
        Map<String, List<String>> some = new LinkedHashMap<>(lists);
        some.keySet().retainAll(queries);
        return new SearchEvaluation(2).evaluate(judged, some);
    }

    private Map<String, List<String>> rank(Head head) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        candidates.forEach((query, list) ->
                lists.put(
                        query,
                        list.stream()
                                .filter(c -> c.textMatch() || c.cosine() >= head.floor())
                                .sorted(
                                        Comparator.comparingDouble((Candidate c) -> score(head, c))
                                                .reversed())
                                .limit(250)
                                .map(Candidate::id)
                                .toList()));
        return lists;
    }

    private static double score(Head head, Candidate candidate) {
        return candidate.text() + head.semanticWeight() * candidate.cosine();
    }

    /** Scale and bias of the logistic by gradient descent on the log-loss of the judged pairs. */
    private void calibrate(Head head, PrintStream out) {
        List<double[]> pairs = new ArrayList<>();
        candidates.forEach((query, list) -> {
            Map<String, Double> grades = judgments.grades(query);
            for (Candidate candidate : list) {
                Double grade = grades.get(candidate.id());
                if (grade != null) {
                    pairs.add(new double[] {score(head, candidate), grade >= 2 ? 1 : 0});
                }
            }
        });
        double scale = 1;
        double bias = 0;
        for (int step = 0; step < 20_000; step++) {
            double scaleGradient = 0;
            double biasGradient = 0;
            for (double[] pair : pairs) {
                double error = 1 / (1 + Math.exp(-(bias + scale * pair[0]))) - pair[1];
                scaleGradient += error * pair[0];
                biasGradient += error;
            }
            scale -= scaleGradient / pairs.size();
            bias -= biasGradient / pairs.size();
        }
        out.printf(
                "logistic over %d judged pairs: bias %.2f, textWeight %.2f, semanticWeight %.2f%n",
                pairs.size(), bias, scale, scale * head.semanticWeight());
    }
}
