package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.RowMatches;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers search one view after another while a writer appends, overwrites and removes. */
class VectorEngineStressTest {

    private static final int DIMENSIONS = 40;
    private static final int ORDINALS = 600;
    private static final int GENERATIONS = 400;
    private static final int READERS = 3;

    /** A view and the value that every component of each of its rows has; 0 = no row. */
    private record Moment(VectorSearch search, List<Float> valueByOrdinal) {}

    static Stream<VectorEngine> engines() {
        return Stream.of(
                new ExactVectorEngine(DIMENSIONS, ORDINALS),
                new QuantizedVectorEngine(DIMENSIONS, ORDINALS, 0.98));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void views_readDuringWrites_showExactlyTheirMoment(VectorEngine engine) throws Exception {
        AtomicReference<Moment> latest =
                new AtomicReference<>(
                        new Moment(engine.current(), Collections.nCopies(ORDINALS, 0f)));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(READERS)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(executor.submit(() -> checkUntil(done, latest)));
            }
            try {
                write(engine, latest);
            } finally {
                done.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static void write(VectorEngine engine, AtomicReference<Moment> latest) {
        Random random = new Random(5);
        List<Float> values = new ArrayList<>(Collections.nCopies(ORDINALS, 0f));
        float[] vector = new float[DIMENSIONS];
        for (int generation = 0; generation < GENERATIONS; generation++) {
            for (int change = 0; change < 60; change++) {
                int ordinal = random.nextInt(ORDINALS);
                if (random.nextInt(3) == 0) {
                    engine.remove(ordinal);
                    values.set(ordinal, 0f);
                } else {
                    float value = 1 + random.nextInt(1_000);
                    values.set(ordinal, value);
                    Arrays.fill(vector, value);
                    engine.put(ordinal, vector);
                }
            }
            latest.set(new Moment(engine.publish(), List.copyOf(values)));
        }
    }

    /** Integers of this size add up without rounding, so scores can be compared to the bit. */
    private static int checkUntil(AtomicBoolean done, AtomicReference<Moment> latest) {
        float[] query = new float[DIMENSIONS];
        Arrays.fill(query, 1f);
        int checked = 0;
        boolean last;
        do {
            last = done.get();
            Moment moment = latest.get();
            RowMatches matches = moment.search.range(query, 0f, RowFilter.ALL);
            assertThat(matches.size()).isEqualTo(moment.search.rowCount());
            for (int rank = 0; rank < matches.size(); rank++) {
                float value = moment.valueByOrdinal.get(matches.ordinal(rank));
                assertThat(matches.score(rank)).isEqualTo(value * DIMENSIONS);
            }
            checked++;
        } while (!last);
        return checked;
    }
}
