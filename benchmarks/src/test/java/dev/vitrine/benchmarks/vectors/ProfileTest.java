package dev.vitrine.benchmarks.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final int DIMENSIONS = 64;

    @Test
    void tellsTheShareOfEachStage() throws IOException {
        Random random = new Random(1);
        QuantizedVectorEngine engine = new QuantizedVectorEngine(DIMENSIONS, 5_000, .95);
        float[][] rows = new float[5_000][DIMENSIONS];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < DIMENSIONS; d++) {
                rows[i][d] = (float) random.nextGaussian();
            }
            engine.put(i, rows[i]);
        }
        engine.tend();
        VectorSearch search = engine.publish();
        Profile profile =
                Profile.of(
                        "a search",
                        (query, k) -> search.topK(query, k, RowFilter.ALL).ordinals(),
                        rows,
                        10,
                        Duration.ofMillis(500));
        assertThat(profile.what()).isEqualTo("a search");
        assertThat(profile.shares())
                .extracting(Profile.Share::method)
                .anyMatch(method -> method.startsWith("StagedSearch."))
                .doesNotHaveDuplicates();
        assertThat(profile.shares().stream().mapToDouble(Profile.Share::share).sum())
                .isBetween(.5, 1.000_001);
    }
}
