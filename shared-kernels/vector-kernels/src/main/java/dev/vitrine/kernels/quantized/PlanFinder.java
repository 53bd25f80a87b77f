package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds the margins that reach a recall on sample queries with the least work.
 *
 * <p>For each true neighbour it is known which margin it needs in each stage ({@link StageErrors}).
 * It is found when both margins are that wide, so the recall of any two margins can be counted, and
 * the rows that lie inside them. Real searches then check what was counted.
 */
final class PlanFinder {

    /** With fewer real queries rows stand in for them. */
    static final int QUERIES_MIN = 64;

    private static final int QUERIES_MAX = 512;

    private static final int ROWS_AS_QUERIES = 256;

    private static final int PAIRS = 32;

    /** Share of the queries that the first limit is to serve without a second pass. */
    private static final double FIRST_LIMIT = 0.7;

    /** Most by which counted margins are widened. */
    private static final double WIDEST = 2;

    private static final int BISECTIONS = 8;

    private static final long SEED = 11;

    private final QuantizedSearch view;
    private final SignView signs;
    private final double target;

    PlanFinder(QuantizedSearch view, SignView signs, double target) {
        this.view = view;
        this.signs = signs;
        this.target = target;
    }

    /**
     * A query with its true neighbours, best first, without itself if it is a row.
     *
     * @param self ordinal of the row that the query is, -1 if it is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Probe(float[] query, int self, int[] neighbors, float[] scores) {

        float kthScore() {
            return scores.length == 0 ? Float.NEGATIVE_INFINITY : scores[scores.length - 1];
        }
    }

    /**
     * What one neighbour of one query needs: margins under the k-th best score, and under its own
     * score, which is how far the estimates err.
     */
    record Need(double byDistance, double byEstimate, double distanceError, double estimateError) {}

    SearchPlan find(List<float[]> queries) {
        boolean real = queries.size() >= QUERIES_MIN;
        List<Probe> probes = real ? asked(queries) : rows();
        List<StageErrors> errors =
                probes.stream().map(probe -> StageErrors.of(probe, signs)).toList();
        SearchPlan plan = cheapest(errors, real);
        return narrowest(plan, probes);
    }

    /**
     * The counted margins scaled so that real searches just reach the target: their floor is not
     * quite the k-th best score, and the first limit lets more pass than it must.
     */
    private SearchPlan narrowest(SearchPlan counted, List<Probe> probes) {
        double tooNarrow = 0;
        double enough = WIDEST;
        SearchPlan best = counted.wider(enough);
        for (int i = 0; i < BISECTIONS; i++) {
            double factor = (tooNarrow + enough) / 2;
            SearchPlan plan = counted.wider(factor);
            double recall = recall(probes, plan);
            if (recall >= target) {
                enough = factor;
                best = plan.withRecall(recall);
            } else {
                tooNarrow = factor;
            }
        }
        return best;
    }

    private List<Probe> asked(List<float[]> queries) {
        List<Probe> probes = new ArrayList<>();
        int count = Math.min(QUERIES_MAX, queries.size());
        for (int i = 0; i < count; i++) {
            probes.add(probe(queries.get((int) ((long) i * queries.size() / count)), -1));
        }
        return probes;
    }

    private List<Probe> rows() {
        List<Probe> probes = new ArrayList<>();
        Random random = new Random(SEED);
        while (probes.size() < ROWS_AS_QUERIES) {
            int ordinal = random.nextInt(view.ordinalLimit());
            float[] row = new float[view.dimensions()];
            if (view.copyRow(ordinal, row)) {
                probes.add(probe(row, ordinal));
            }
        }
        return probes;
    }

    private Probe probe(float[] query, int self) {
        RowMatches best = view.exactTopK(query, SearchPlan.K + 1, RowFilter.ALL);
        int[] ranks =
                IntStream.range(0, best.size())
                        .filter(rank -> best.ordinal(rank) != self)
                        .limit(SearchPlan.K)
                        .toArray();
        int[] neighbors = new int[ranks.length];
        float[] scores = new float[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            neighbors[i] = best.ordinal(ranks[i]);
            scores[i] = best.score(ranks[i]);
        }
        return new Probe(query, self, neighbors, scores);
    }

    /** The margins with the least work that let enough of the neighbours pass both stages. */
    private SearchPlan cheapest(List<StageErrors> queries, boolean real) {
        List<Need> needs = new ArrayList<>();
        for (StageErrors query : queries) {
            for (int n = 0; n < query.neighbors(); n++) {
                needs.add(query.need(n));
            }
        }
        needs.sort(Comparator.comparingDouble(Need::byEstimate));
        int enough = (int) Math.ceil(target * needs.size());
        SearchPlan best = SearchPlan.UNKNOWN;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int pair = 0; pair <= PAIRS && enough > 0; pair++) {
            int inside = enough + (int) ((long) (needs.size() - enough) * pair / PAIRS);
            double byEstimate = needs.get(inside - 1).byEstimate();
            double byDistance =
                    needs.subList(0, inside).stream()
                            .mapToDouble(Need::byDistance)
                            .sorted()
                            .toArray()[enough - 1];
            int[] first =
                    queries.stream().mapToInt(q -> q.rowsByDistance(byDistance)).sorted().toArray();
            double second =
                    queries.stream()
                            .mapToInt(q -> q.rowsByEstimate(byEstimate))
                            .average()
                            .orElse(0);
            double cost = Arrays.stream(first).average().orElse(0) + SearchPlan.BYTE_COST * second;
            if (cost < bestCost) {
                bestCost = cost;
                best =
                        new SearchPlan(
                                new Margins(byDistance, byEstimate),
                                anywhere(needs),
                                first[(int) (FIRST_LIMIT * (first.length - 1))],
                                (int) Math.ceil(second),
                                0,
                                queries.size(),
                                real);
            }
        }
        return best;
    }

    /**
     * Margins that hold wherever the k-th best score lies: under a filter there may be many rows
     * close to it, so that none of the neighbours is easy to find.
     */
    private Margins anywhere(List<Need> needs) {
        return new Margins(
                errorQuantile(needs, Need::distanceError),
                errorQuantile(needs, Need::estimateError));
    }

    /** Each of the two stages may lose half of what may be lost. */
    private double errorQuantile(List<Need> needs, ToDoubleFunction<Need> error) {
        double[] errors = needs.stream().mapToDouble(error).sorted().toArray();
        return errors[(int) Math.ceil((1 + target) / 2 * (errors.length - 1))];
    }

    /** Share of the neighbours that searches with a plan find. */
    private double recall(List<Probe> probes, SearchPlan plan) {
        long found = 0;
        long wanted = 0;
        for (Probe probe : probes) {
            int own = probe.self() < 0 ? 0 : 1;
            int[] ordinals =
                    view.staged(probe.query(), SearchPlan.K + own, plan, RowFilter.ALL).ordinals();
            Arrays.sort(ordinals);
            for (int neighbor : probe.neighbors()) {
                found += Arrays.binarySearch(ordinals, neighbor) >= 0 ? 1 : 0;
            }
            wanted += probe.neighbors().length;
        }
        return wanted == 0 ? 1 : (double) found / wanted;
    }
}
