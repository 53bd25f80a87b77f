package dev.vitrine.benchmarks.vectors;

import dev.vitrine.kernels.exact.ExactSearch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The order of things: recall of every setting, which warms it; then rounds in which the engines
 * take turns, for each number of threads and each filter; then memory and updates.
 */
public final class VectorRun {

    private static final int K = 10;
    private static final int DEEP_K = 100;

    /** Less is of no use for the recalls that are compared. */
    private static final double RECALL_MIN = .86;

    /** Of settings that find more, those that look at the least are enough. */
    private static final double RECALL_MAX = .997;

    /** Settings slower than this share of a better one's rate are not worth rounds. */
    private static final double BEATEN = .6;

    private static final double REPLACED_SHARE = .05;

    /** Of memory and of updates: a collection of garbage may fall into any one measurement. */
    private static final int REPEATS = 5;

    private static final Duration PROFILED = Duration.ofSeconds(3);

    private static final int SEED = 20_261_126;

    private final List<VectorIndex> indexes;
    private final ExactSearch exact;
    private final float[][] queries;
    private final int rounds;
    private final long nanos;
    private final Clock clock;
    private final PrintWriter out;
    private final List<Measured> measured = new ArrayList<>();
    private final List<BatchRate> batches = new ArrayList<>();
    private final List<Profile> profiles = new ArrayList<>();
    private final Map<VectorIndex, OptionalDouble> touched = new LinkedHashMap<>();
    private final Map<VectorIndex, OptionalDouble> replaced = new LinkedHashMap<>();

    /**
     * Prepares a run.
     *
     * @param exact over the same rows; the oracle
     * @param rounds of each setting
     * @param time of a setting in a round, by the clock
     */
    public VectorRun(
            List<VectorIndex> indexes,
            ExactSearch exact,
            float[][] queries,
            int rounds,
            Duration time,
            Clock clock,
            PrintWriter out) {
        this.indexes = List.copyOf(indexes);
        this.exact = exact;
        this.queries = queries;
        this.rounds = rounds;
        this.nanos = time.toNanos();
        this.clock = clock;
        this.out = out;
    }

    /** Unfiltered searches for each number of threads, then filtered ones on one thread. */
    public void searches(List<Integer> threadCounts, List<Double> filterShares)
            throws IOException, InterruptedException {
        say("Searching for the truth and measuring recall");
        List<Candidate> candidates = candidates(RowSubset.all(exact.rowCount()));
        for (int threads : threadCounts) {
            say("Measuring %d settings on %d threads".formatted(candidates.size(), threads));
            measure(candidates, threads, RowSubset.all(exact.rowCount()));
        }
        for (double share : filterShares) {
            RowSubset filter = RowSubset.of(exact.rowCount(), share);
            List<Candidate> filtered = candidates(filter);
            say("Measuring %d settings under a filter of %s".formatted(filtered.size(), share));
            measure(filtered, 1, filter);
        }
    }

    /** All queries one after another and all at once, in turns, of each index that can. */
    public void batches() throws IOException {
        for (VectorIndex index : indexes) {
            for (VectorIndex.Setting setting : index.settings()) {
                Optional<VectorIndex.BatchSearcher> batch = index.batchSearcher(setting);
                if (batch.isPresent()) {
                    batches.add(batchRate(index, setting, batch.get()));
                }
            }
        }
    }

    private BatchRate batchRate(
            VectorIndex index, VectorIndex.Setting setting, VectorIndex.BatchSearcher batch)
            throws IOException {
        VectorIndex.Searcher single = index.searcher(setting, RowSubset.all(exact.rowCount()));
        List<Double> singleRates = new ArrayList<>();
        List<Double> batchRates = new ArrayList<>();
        batch.search(queries, K);
        for (int round = 0; round < rounds; round++) {
            long start = clock.nanos();
            for (float[] query : queries) {
                single.search(query, K);
            }
            long between = clock.nanos();
            batch.search(queries, K);
            singleRates.add(queries.length * 1e9 / (between - start));
            batchRates.add(queries.length * 1e9 / (clock.nanos() - between));
        }
        return new BatchRate(
                index.engine(),
                index.variant(),
                setting.label(),
                Ratio.median(singleRates),
                Ratio.median(batchRates));
    }

    /** Where the time of ours goes, at the setting that is the fastest at .95. */
    public void profiles(List<Double> filterShares) throws IOException {
        for (VectorIndex index : indexes) {
            Optional<VectorIndex.Setting> setting =
                    index.engine().equals("ours") ? fastestSetting(index) : Optional.empty();
            if (setting.isPresent()) {
                profiles.add(profile(index, setting.get(), RowSubset.all(exact.rowCount())));
                for (double share : filterShares) {
                    profiles.add(
                            profile(index, setting.get(), RowSubset.of(exact.rowCount(), share)));
                }
            }
        }
    }

    private Profile profile(VectorIndex index, VectorIndex.Setting setting, RowSubset filter)
            throws IOException {
        String what = index.variant() + ", " + setting.label() + ", " + filter.describe();
        say("Sampling " + what);
        return Profile.of(what, index.searcher(setting, filter), queries, K, PROFILED);
    }

    /** Pages that searches touch, at the setting of each index that is the fastest at .95. */
    public void memory() throws IOException {
        for (VectorIndex index : indexes) {
            Optional<VectorIndex.Setting> setting =
                    index.isInThisProcess() ? fastestSetting(index) : Optional.empty();
            if (setting.isPresent()) {
                RowSubset all = RowSubset.all(exact.rowCount());
                touched.put(index, touched(index.searcher(setting.get(), all)));
            }
        }
    }

    private OptionalDouble touched(VectorIndex.Searcher searcher) throws IOException {
        List<Double> bytes = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            TouchedMemory.measure(searcher, queries, K).ifPresent(bytes::add);
        }
        return median(bytes);
    }

    /**
     * Replaces a part of the rows of each index by other rows, several times, never the same ones
     * twice; ends what the indexes are for.
     */
    public void updates() throws IOException {
        int count = Math.max(1, (int) (exact.rowCount() * REPLACED_SHARE));
        int[] ordinals =
                new Random(SEED)
                        .ints(0, exact.rowCount())
                        .distinct()
                        .limit(Math.min(exact.rowCount(), REPEATS * count))
                        .toArray();
        for (VectorIndex index : indexes) {
            say("Replacing %,d rows of %s %s".formatted(count, index.engine(), index.variant()));
            List<Double> rates = new ArrayList<>();
            for (int from = 0; from < ordinals.length; from += count) {
                int[] some = Arrays.copyOfRange(ordinals, from, from + count);
                index.replace(some, moved(some)).ifPresent(rates::add);
            }
            replaced.put(index, median(rates));
        }
    }

    /** The vectors of some rows, each the next one's. */
    private float[][] moved(int[] ordinals) {
        float[][] vectors = new float[ordinals.length][exact.dimensions()];
        for (int i = 0; i < ordinals.length; i++) {
            exact.copyRow(ordinals[(i + 1) % ordinals.length], vectors[i]);
        }
        return vectors;
    }

    private static OptionalDouble median(List<Double> values) {
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Ratio.median(values));
    }

    /** Every setting with its rates. */
    public List<Measured> measured() {
        return List.copyOf(measured);
    }

    /** Where the time of ours goes. */
    List<Profile> profiled() {
        return List.copyOf(profiles);
    }

    /** What batches gain, where there are any. */
    List<BatchRate> batchRates() {
        return List.copyOf(batches);
    }

    /** Bytes touched by index, where the system tells. */
    public Map<VectorIndex, OptionalDouble> touchedBytes() {
        return touched;
    }

    /** Rows replaced a second by index, where the engine can. */
    public Map<VectorIndex, OptionalDouble> replacedRate() {
        return replaced;
    }

    /** Settings of use with their recall; one beaten far by another of its index is left out. */
    private List<Candidate> candidates(RowSubset filter) throws IOException, InterruptedException {
        GroundTruth truth = GroundTruth.of(exact, queries, filter, DEEP_K);
        List<Candidate> all = new ArrayList<>();
        for (VectorIndex index : indexes) {
            List<Candidate> useful = new ArrayList<>();
            List<Curve.Point> points = new ArrayList<>();
            List<VectorIndex.Setting> exactEnough = new ArrayList<>();
            for (VectorIndex.Setting setting : index.settings()) {
                if (exactEnough.stream().anyMatch(setting::isNoFasterThan)) {
                    continue;
                }
                VectorIndex.Searcher searcher = index.searcher(setting, filter);
                long start = clock.nanos();
                double recall10 = recall(searcher, truth, K);
                double rate = queries.length / ((clock.nanos() - start) / 1e9);
                if (recall10 > RECALL_MAX) {
                    exactEnough.add(setting);
                }
                if (recall10 >= RECALL_MIN) {
                    boolean deep = setting.breadth() >= DEEP_K || setting.breadth() == 0;
                    double recall100 = deep ? recall(searcher, truth, DEEP_K) : -1;
                    useful.add(new Candidate(index, setting, recall10, recall100));
                    points.add(new Curve.Point(recall10, rate));
                }
            }
            Curve curve = new Curve(points);
            for (int i = 0; i < useful.size(); i++) {
                double beaten = curve.rateAt(points.get(i).recall()).orElse(0) * BEATEN;
                if (points.get(i).rate() >= beaten) {
                    all.add(useful.get(i));
                }
            }
        }
        return all;
    }

    private double recall(VectorIndex.Searcher searcher, GroundTruth truth, int k)
            throws IOException {
        double sum = 0;
        for (int query = 0; query < queries.length; query++) {
            sum += truth.recall(query, searcher.search(queries[query], k), k);
        }
        return sum / queries.length;
    }

    /** Round by round, each time another index first, so that no index has the quiet moments. */
    private void measure(List<Candidate> settings, int threads, RowSubset filter)
            throws IOException, InterruptedException {
        List<Candidate> fresh = interleaved(settings.stream().map(Candidate::again).toList());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < fresh.size(); i++) {
                    Candidate next = fresh.get((i + round * fresh.size() / rounds) % fresh.size());
                    List<VectorIndex.Searcher> searchers = new ArrayList<>();
                    for (int thread = 0; thread < threads; thread++) {
                        searchers.add(next.index().searcher(next.setting(), filter));
                    }
                    next.rates().add(ClosedRate.measure(searchers, queries, K, nanos, clock, pool));
                }
                say("  round %d of %d".formatted(round + 1, rounds));
            }
        }
        fresh.forEach(each -> measured.add(each.measured(threads, filter.share())));
    }

    /** One setting of each index, then the next of each. */
    private static List<Candidate> interleaved(List<Candidate> settings) {
        Map<VectorIndex, List<Candidate>> byIndex = new LinkedHashMap<>();
        settings.forEach(setting ->
                byIndex.computeIfAbsent(setting.index(), absent -> new ArrayList<>()).add(setting));
        int longest = byIndex.values().stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest)
                .boxed()
                .flatMap(i ->
                        byIndex.values().stream()
                                .filter(list -> i < list.size())
                                .map(list -> list.get(i)))
                .toList();
    }

    private List<Measured> unfiltered(VectorIndex index) {
        return measured.stream()
                .filter(point ->
                        point.threads() == 1
                                && point.filterShare() == 1
                                && point.engine().equals(index.engine())
                                && point.variant().equals(index.variant()))
                .toList();
    }

    /** The fastest setting that reaches .95, else the most exact one. */
    private Optional<VectorIndex.Setting> fastestSetting(VectorIndex index) {
        List<Measured> points = unfiltered(index);
        return points.stream()
                .filter(point -> point.recall10() >= .95)
                .max(Comparator.comparingDouble(Measured::medianRate))
                .or(() -> points.stream().max(Comparator.comparingDouble(Measured::recall10)))
                .flatMap(point ->
                        index.settings().stream()
                                .filter(setting -> setting.label().equals(point.setting()))
                                .findFirst());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
