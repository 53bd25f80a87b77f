package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the margin that reaches a recall on sample queries.
 *
 * <p>For each true neighbour it is known which margin it needs ({@link StageErrors}), so the recall
 * of any margin can be counted, and the rows that lie inside it. Real searches then check what was
 * counted.
 */
final class PlanFinder {

    /** With fewer real queries rows stand in for them. */
    static final int QUERIES_MIN = 64;

    private static final int QUERIES_MAX = 512;

    private static final int ROWS_AS_QUERIES = 256;

    /** Share of the queries that the first limit is to serve without a second pass. */
    private static final double FIRST_LIMIT = 0.9;

    private static final long SEED = 11;

    private final QuantizedSearch view;
    private final SignView signs;
    private final double target;
    private final Clustering clustering;

    PlanFinder(QuantizedSearch view, SignView signs, double target, Clustering clustering) {
        this.view = view;
        this.signs = signs;
        this.target = target;
        this.clustering = clustering;
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
     * What one neighbour of one query needs.
     *
     * @param margin under the k-th best score
     * @param error under its own score, which is how far the estimate errs
     */
    record Need(double margin, double error) {}

    /** The plan; null if no query has a neighbour. */
    @Nullable SearchPlan find(List<float[]> queries) {
        boolean real = queries.size() >= QUERIES_MIN;
        List<Probe> probes = real ? asked(queries) : rows();
        List<StageErrors> errors =
                probes.stream().map(probe -> StageErrors.of(probe, signs)).toList();
        List<Need> needs = errors.stream().flatMap(query -> Arrays.stream(query.needs())).toList();
        if (needs.isEmpty()) {
            return null;
        }
        // Which filters will be asked for is not known, so the target is expected, not measured.
        ErrorQuantiles filtered =
                ErrorQuantiles.of(needs.stream().mapToDouble(Need::error), target);
        DoubleFunction<SearchPlan> bySigns =
                counted -> plan(quantile(needs, Need::margin, counted), filtered, errors, real);
        ClusterView clusters = signs.clusters();
        if (clusters != null) {
            SearchPlan found = byClusters(bySigns.apply(target), probes, clusters);
            if (found != null) {
                return found;
            }
        }
        SearchPlan found =
                RecallSearch.find(
                        target,
                        counted -> measured(bySigns.apply(counted), probes),
                        SearchPlan::recall);
        return found == null ? measured(bySigns.apply(1), probes) : found;
    }

    /** A plan that reaches the target by clusters; null if all signs are less work. */
    private @Nullable SearchPlan byClusters(
            SearchPlan bySigns, List<Probe> probes, ClusterView clusters) {
        int[] places = clusters.places(view.ordinalLimit());
        List<ClusterErrors> errors =
                probes.stream()
                        .map(probe -> ClusterErrors.of(probe, clusters, signs.encoder(), places))
                        .toList();
        ClusterPlanFinder finder = new ClusterPlanFinder(errors, clusters.count());
        if (clustering == Clustering.MEASURED
                && !new PlanTimer(view, probes)
                        .isFaster(bySigns.with(finder.cheapest(target)), bySigns)) {
            return null;
        }
        return RecallSearch.find(
                target,
                counted -> measured(bySigns.with(finder.cheapest(counted)), probes),
                SearchPlan::recall);
    }

    private SearchPlan measured(SearchPlan plan, List<Probe> probes) {
        return plan.withRecall(recall(probes, plan));
    }

    private static SearchPlan plan(
            double margin, ErrorQuantiles filtered, List<StageErrors> errors, boolean real) {
        int[] rows = errors.stream().mapToInt(query -> query.rows(margin)).sorted().toArray();
        return new SearchPlan(
                margin,
                filtered,
                Math.max(SearchPlan.K, rows[(int) (FIRST_LIMIT * (rows.length - 1))]),
                0,
                errors.size(),
                real,
                null);
    }

    /** What is enough for a share of the neighbours. */
    private static double quantile(List<Need> needs, ToDoubleFunction<Need> need, double share) {
        double[] sorted = needs.stream().mapToDouble(need).sorted().toArray();
        return sorted[(int) Math.ceil(share * (sorted.length - 1))];
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
