package dev.vitrine.kernels.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitrine.kernels.vector.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link VectorEngine} must do, checked against a map that is scored row by row.
 *
 * <p>Bind it with a nested or derived class that says how to make an engine. Engines that
 * approximate top-k override {@link #topKRecallFloor()}; ranges, filters, presence and live updates
 * are exact for all.
 */
public abstract class VectorEngineContractSuite {

    private static final int DIMENSIONS = 24;
    private static final int ORDINALS_MAX = 2_000;

    /** Creates an empty engine. */
    protected abstract VectorEngine create(int dimensions, int ordinalsMax);

    /** Lowest share of the true best rows that top-k must find. */
    protected double topKRecallFloor() {
        return 1;
    }

    /** Fewer than this are asked together; an engine that answers one by one needs few. */
    protected int queriesTogether() {
        return 150;
    }

    @Test
    void emptyEngine_findsNothing() {
        VectorSearch view = create(3, 10).current();
        float[] query = {1f, 0f, 0f};
        assertThat(view.dimensions()).isEqualTo(3);
        assertThat(view.rowCount()).isZero();
        assertThat(view.ordinalLimit()).isZero();
        assertThat(view.contains(0)).isFalse();
        assertThat(view.topK(query, 5, RowFilter.ALL).size()).isZero();
        assertThat(view.range(query, -10f, RowFilter.ALL).size()).isZero();
        assertThat(view.scores(query, new int[] {0, -1, 99})).containsOnly(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomHistory_everyViewAnswersLikeTheModelOfItsMoment(long seed) {
        Random random = new Random(seed);
        VectorEngine engine = create(DIMENSIONS, ORDINALS_MAX);
        NavigableMap<Integer, float[]> model = new TreeMap<>();
        List<VectorSearch> views = new ArrayList<>();
        List<NavigableMap<Integer, float[]>> models = new ArrayList<>();
        for (int generation = 0; generation < 8; generation++) {
            int changes = random.nextInt(400);
            for (int i = 0; i < changes; i++) {
                int ordinal = random.nextInt(ORDINALS_MAX);
                if (random.nextInt(4) == 0) {
                    assertThat(engine.remove(ordinal)).isEqualTo(model.remove(ordinal) != null);
                } else {
                    float[] vector = vector(random);
                    engine.put(ordinal, vector);
                    model.put(ordinal, vector.clone());
                    // The engine keeps a copy, so the caller may reuse the array.
                    Arrays.fill(vector, Float.NaN);
                }
            }
            views.add(engine.publish());
            models.add(new TreeMap<>(model));
            assertThat(engine.current().rowCount()).isEqualTo(model.size());
        }
        // Old views are checked last: later writes must not show in them.
        for (int generation = 0; generation < views.size(); generation++) {
            assertAnswersLike(models.get(generation), views.get(generation), random);
        }
    }

    @Test
    void changes_beforePublish_areInvisible() {
        VectorEngine engine = create(2, 10);
        engine.put(1, new float[] {1f, 0f});
        assertThat(engine.current().contains(1)).isFalse();
        VectorSearch first = engine.publish();
        engine.remove(1);
        engine.put(2, new float[] {0f, 1f});
        assertThat(first.contains(1)).isTrue();
        assertThat(engine.current().contains(2)).isFalse();
        VectorSearch second = engine.publish();
        assertThat(second.contains(1)).isFalse();
        assertThat(second.contains(2)).isTrue();
        assertThat(first.contains(2)).isFalse();
    }

    @Test
    void equalScores_orderByOrdinal() {
        VectorEngine engine = create(2, 1_000);
        for (int ordinal : new int[] {700, 3, 64, 65, 128, 5}) {
            engine.put(ordinal, new float[] {1f, 0f});
        }
        engine.put(6, new float[] {2f, 0f});
        VectorSearch view = engine.publish();
        float[] query = {1f, 0f};
        assertThat(view.topK(query, 4, RowFilter.ALL).ordinals()).containsExactly(6, 3, 5, 64);
        assertThat(view.range(query, 1f, RowFilter.ALL).ordinals())
                .containsExactly(6, 3, 5, 64, 65, 128, 700);
        // Zeros of both signs are one score.
        engine.put(4, new float[] {-0f, 1f});
        assertThat(engine.publish().range(new float[] {0f, 0f}, 0f, RowFilter.ALL).ordinals())
                .containsExactly(3, 4, 5, 6, 64, 65, 128, 700);
    }

    @Test
    void range_minScore_isInclusiveToTheBit() {
        Random random = new Random(11);
        VectorEngine engine = create(DIMENSIONS, 500);
        for (int ordinal = 0; ordinal < 300; ordinal++) {
            engine.put(ordinal, vector(random));
        }
        VectorSearch view = engine.publish();
        float[] query = vector(random);
        RowMatches all = view.range(query, Float.NEGATIVE_INFINITY, RowFilter.ALL);
        assertThat(all.size()).isEqualTo(300);
        for (int rank = 0; rank < all.size(); rank += 17) {
            float score = all.score(rank);
            RowMatches at = view.range(query, score, RowFilter.ALL);
            assertThat(at.score(at.size() - 1)).isEqualTo(score);
            assertThat(at.ordinals()).contains(all.ordinal(rank));
            RowMatches over = view.range(query, Math.nextUp(score), RowFilter.ALL);
            assertThat(over.ordinals()).doesNotContain(all.ordinal(rank));
            assertThat(view.scores(query, new int[] {all.ordinal(rank)})[0]).isEqualTo(score);
        }
    }

    @Test
    void forEachInRange_consumerHasEnough_stops() {
        VectorEngine engine = create(1, 200);
        for (int ordinal = 0; ordinal < 200; ordinal++) {
            engine.put(ordinal, new float[] {1f});
        }
        List<Integer> seen = new ArrayList<>();
        engine.publish()
                .forEachInRange(
                        new float[] {1f},
                        0f,
                        RowFilter.ALL,
                        (ordinal, score) -> {
                            seen.add(ordinal);
                            return seen.size() < 70;
                        });
        assertThat(seen).hasSize(70).doesNotHaveDuplicates();
    }

    @Test
    void numbersThatAreNone_areRefusedOrMatchNothing() {
        VectorEngine engine = create(2, 10);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.put(0, new float[] {1f, bad}));
        }
        // Infinite products of both signs add up to NaN.
        engine.put(0, new float[] {Float.MAX_VALUE, -Float.MAX_VALUE});
        engine.put(1, new float[] {Float.MAX_VALUE, Float.MAX_VALUE});
        engine.put(2, new float[] {-1f, 0f});
        VectorSearch view = engine.publish();
        assertThat(view.rowCount()).isEqualTo(3);
        float[] query = {Float.MAX_VALUE, Float.MAX_VALUE};
        assertThat(view.scores(query, new int[] {0, 1}))
                .containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
        assertThat(view.topK(query, 3, RowFilter.ALL).ordinals()).containsExactly(1, 2);
        assertThat(view.topKOfEach(new float[][] {query}, 3, RowFilter.ALL).getFirst().ordinals())
                .containsExactly(1, 2);
        assertThat(view.range(query, Float.NEGATIVE_INFINITY, RowFilter.ALL).ordinals())
                .containsExactly(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.topK(new float[] {1f, Float.NaN}, 1, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.range(new float[] {1f, 1f}, Float.NaN, RowFilter.ALL));
    }

    @Test
    void badArguments_areRefused() {
        VectorEngine engine = create(2, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.put(-1, new float[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.put(10, new float[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.put(0, new float[3]));
        assertThat(engine.remove(-1)).isFalse();
        assertThat(engine.remove(1_000_000)).isFalse();
        VectorSearch view = engine.publish();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.topK(new float[2], 0, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.topK(new float[3], 1, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.topKOfEach(new float[1][2], 0, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> view.topKOfEach(new float[][] {{1f, 1f}, {1f}}, 1, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> view.topKOfEach(new float[][] {{1f, Float.NaN}}, 1, RowFilter.ALL));
        assertThat(view.topKOfEach(new float[0][], 1, RowFilter.ALL)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.range(new float[3], 0f, RowFilter.ALL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> view.scores(new float[1], new int[0]));
    }

    private void assertAnswersLike(
            NavigableMap<Integer, float[]> model, VectorSearch view, Random random) {
        assertThat(view.rowCount()).isEqualTo(model.size());
        assertThat(view.ordinalLimit()).isEqualTo(model.isEmpty() ? 0 : model.lastKey() + 1);
        float[] row = new float[DIMENSIONS];
        for (int ordinal = -1; ordinal < ORDINALS_MAX + 70; ordinal++) {
            float[] expected = model.get(ordinal);
            assertThat(view.contains(ordinal)).isEqualTo(expected != null);
            assertThat(view.copyRow(ordinal, row)).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(row).isEqualTo(expected);
            }
        }
        for (double density : new double[] {0, 0.01, 0.5, 1}) {
            long[] filter = filter(random, density);
            float[] query = vector(random);
            RowMatches expected = scoreByHand(model, query, filter);
            assertTopKLike(expected, view, query, filter);
            assertRangesLike(expected, view, query, filter);
        }
        assertManyQueriesLikeEachAlone(view, random);
        float[] query = vector(random);
        int[] ordinals = random.ints(300, -3, ORDINALS_MAX + 70).toArray();
        Arrays.sort(ordinals, 0, 150);
        float[] scores = view.scores(query, ordinals);
        for (int i = 0; i < ordinals.length; i++) {
            float[] vector = model.get(ordinals[i]);
            // Boxed, because NaN is equal to NaN there.
            Float expected = vector == null ? Float.NaN : VectorMath.dot(query, vector);
            assertThat(scores[i]).isEqualTo(expected);
        }
    }

    private void assertTopKLike(
            RowMatches expected, VectorSearch view, float[] query, long[] filter) {
        for (int k : new int[] {1, 2, 10, 100, 5_000}) {
            RowMatches actual = view.topK(query, k, RowFilter.of(filter));
            int size = Math.min(k, expected.size());
            assertThat(actual.size()).isEqualTo(size);
            int[] best = Arrays.copyOf(expected.ordinals(), size);
            if (topKRecallFloor() == 1) {
                assertThat(actual.ordinals()).isEqualTo(best);
                assertThat(actual.scores()).isEqualTo(Arrays.copyOf(expected.scores(), size));
            } else {
                long found =
                        Arrays.stream(actual.ordinals())
                                .filter(o -> Arrays.stream(best).anyMatch(b -> b == o))
                                .count();
                assertThat(found).isGreaterThanOrEqualTo((long) (topKRecallFloor() * size));
            }
        }
    }

    private void assertManyQueriesLikeEachAlone(VectorSearch view, Random random) {
        float[][] queries = new float[random.nextInt(queriesTogether())][];
        Arrays.setAll(queries, i -> vector(random));
        for (double density : new double[] {0, 0.02, 0.7, 1}) {
            RowFilter filter = RowFilter.of(filter(random, density));
            List<RowMatches> together = view.topKOfEach(queries, 7, filter);
            assertThat(together).hasSameSizeAs(queries);
            for (int q = 0; q < queries.length; q++) {
                RowMatches alone = view.topK(queries[q], 7, filter);
                assertThat(together.get(q).ordinals()).isEqualTo(alone.ordinals());
                assertThat(together.get(q).scores()).isEqualTo(alone.scores());
            }
        }
    }

    private static void assertRangesLike(
            RowMatches expected, VectorSearch view, float[] query, long[] filter) {
        for (float minScore : new float[] {Float.NEGATIVE_INFINITY, -1f, 0f, 0.3f, 2f}) {
            int size = 0;
            while (size < expected.size() && expected.score(size) >= minScore) {
                size++;
            }
            RowMatches actual = view.range(query, minScore, RowFilter.of(filter));
            assertThat(actual.ordinals()).isEqualTo(Arrays.copyOf(expected.ordinals(), size));
            assertThat(actual.scores()).isEqualTo(Arrays.copyOf(expected.scores(), size));
        }
    }

    /** All rows inside the filter, best first, by sorting everything. */
    private static RowMatches scoreByHand(
            NavigableMap<Integer, float[]> model, float[] query, long[] filter) {
        record Scored(int ordinal, float score) {}
        List<Scored> scored = new ArrayList<>();
        model.forEach((ordinal, vector) -> {
            if ((filter[ordinal / 64] & (1L << ordinal)) != 0) {
                scored.add(new Scored(ordinal, VectorMath.dot(query, vector)));
            }
        });
        scored.sort((a, b) ->
                a.score != b.score ? Float.compare(b.score, a.score) : a.ordinal - b.ordinal);
        int[] ordinals = scored.stream().mapToInt(Scored::ordinal).toArray();
        float[] scores = new float[ordinals.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scored.get(i).score;
        }
        return new RowMatches(ordinals, scores);
    }

    /** Bits at the given density; the words of the last quarter are left empty. */
    private static long[] filter(Random random, double density) {
        long[] words = new long[(ORDINALS_MAX + 63) / 64];
        int limit = density == 1 ? ORDINALS_MAX : ORDINALS_MAX * 3 / 4;
        for (int ordinal = 0; ordinal < limit; ordinal++) {
            if (random.nextDouble() < density) {
                words[ordinal / 64] |= 1L << ordinal;
            }
        }
        return words;
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }
}
