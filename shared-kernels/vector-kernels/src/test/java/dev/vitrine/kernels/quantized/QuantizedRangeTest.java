package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges equal a scan of everything, however far lengths of rows and queries are apart. */
class QuantizedRangeTest {

    private static final int ROWS = 3_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 100, 384})
    void rowsOfAllLengths_rangesEqualAScan(int dimensions) {
        Random random = new Random(dimensions);
        ExactVectorEngine exact = new ExactVectorEngine(dimensions, ROWS);
        QuantizedVectorEngine engine = new QuantizedVectorEngine(dimensions, ROWS, 0.98);
        for (int i = 0; i < ROWS; i++) {
            float[] row = vector(random, dimensions);
            exact.put(i, row);
            engine.put(i, row);
        }
        assertRangesEqualAScan(engine, exact, random, () -> vector(random, dimensions));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 100, 384})
    void learnedHeads_rowsOfAllLengths_rangesEqualAScan(int dimensions) {
        Random random = new Random(dimensions);
        ExactVectorEngine exact = new ExactVectorEngine(dimensions, ROWS);
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(dimensions, ROWS, 0.98, 100, Clustering.MEASURED);
        for (int i = 0; i < ROWS; i++) {
            float[] row = vector(random, dimensions);
            exact.put(i, row);
            engine.put(i, row);
        }
        assertThat(engine.tend()).isTrue();
        for (int i = 0; i < ROWS / 4; i++) {
            int ordinal = random.nextInt(ROWS);
            float[] row = vector(random, dimensions);
            exact.put(ordinal, row);
            engine.put(ordinal, row);
        }
        assertRangesEqualAScan(engine, exact, random, () -> vector(random, dimensions));
    }

    /** Scores at the lower end of floats, where products and steps lose digits or become zero. */
    @ParameterizedTest
    @MethodSource("tiny")
    void tinyScores_rangesEqualAScan(int dimensions, int magnitude, boolean learned) {
        Random random = new Random(dimensions);
        ExactVectorEngine exact = new ExactVectorEngine(dimensions, ROWS);
        QuantizedVectorEngine engine =
                new QuantizedVectorEngine(dimensions, ROWS, 0.98, 100, Clustering.NEVER);
        for (int i = 0; i < 1_000; i++) {
            float[] row = near(random, dimensions, magnitude);
            exact.put(i, row);
            engine.put(i, row);
        }
        if (learned) {
            assertThat(engine.tend()).isTrue();
            assertThat(engine.publish().heads()).isNotNull();
        }
        assertRangesEqualAScan(
                engine, exact, random, () -> near(random, dimensions, -40 - magnitude));
    }

    static Stream<Arguments> tiny() {
        return IntStream.of(1, 7, 384)
                .boxed()
                .flatMap(dimensions ->
                        IntStream.of(-45, -36, -30, -21)
                                .boxed()
                                .flatMap(magnitude ->
                                        Stream.of(
                                                arguments(dimensions, magnitude, false),
                                                arguments(dimensions, magnitude, true))));
    }

    private static float[] near(Random random, int dimensions, int magnitude) {
        double length = Math.pow(10, magnitude + random.nextDouble(-5, 5));
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (length * random.nextGaussian());
        }
        return vector;
    }

    private static void assertRangesEqualAScan(
            QuantizedVectorEngine engine,
            ExactVectorEngine exact,
            Random random,
            Supplier<float[]> queries) {
        for (int i = 0; i < 40; i++) {
            float[] query = queries.get();
            RowMatches all = exact.publish().topK(query, ROWS, RowFilter.ALL);
            for (int rank : new int[] {0, 1, 50, 300, 1_000, 2_000}) {
                float least = all.score(Math.min(rank, all.size() - 1));
                long[] words = random.longs((ROWS + 63) / 64).toArray();
                RowMatches expected = exact.current().range(query, least, RowFilter.of(words));
                RowMatches actual = engine.publish().range(query, least, RowFilter.of(words));
                assertThat(actual.ordinals()).isEqualTo(expected.ordinals());
                assertThat(actual.scores()).isEqualTo(expected.scores());
            }
        }
    }

    /**
     * Lengths over twelve orders of magnitude, all zeros, and some that leave the range of floats.
     */
    private static float[] vector(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        double length =
                switch (random.nextInt(12)) {
                    case 0 -> 0;
                    case 1 -> 1e-38;
                    case 2 -> 1e37;
                    default -> Math.pow(10, random.nextInt(13) - 6);
                };
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (length * random.nextGaussian());
        }
        return vector;
    }
}
