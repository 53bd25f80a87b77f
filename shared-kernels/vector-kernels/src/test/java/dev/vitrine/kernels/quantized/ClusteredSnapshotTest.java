package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.kernels.blockfile.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With clusters from the first codes on. */
class ClusteredSnapshotTest extends EngineSnapshotTest {

    @Override
    Clustering clustering() {
        return Clustering.ALWAYS;
    }

    @Override
    Set<String> searched() {
        return Set.of("signs", "slots", "centroid", "clusters");
    }

    private static SignView signs(QuantizedVectorEngine engine) {
        return Objects.requireNonNull(engine.current().signs());
    }

    private static ClusterView clusters(QuantizedVectorEngine engine) {
        return Objects.requireNonNull(signs(engine).clusters());
    }

    @Test
    void open_hasClusters_andHalvesThemAlike() throws IOException {
        QuantizedVectorEngine engine = learned(3_000);
        QuantizedVectorEngine opened = open(write(engine));
        assertThat(opened.describe()).contains(" % of the clusters");
        assertThat(opened.tend()).isFalse();
        int before = clusters(opened).count();
        float[] row = shop.row();
        for (int ordinal = 3_000; ordinal < 3_200; ordinal++) {
            engine.put(ordinal, row);
            opened.put(ordinal, row);
        }
        engine.publish();
        opened.publish();
        assertThat(clusters(opened).count()).isGreaterThan(before);
        assertSame(engine, opened);
        assertSame(engine, open(write(opened)));
    }

    @Test
    void clustersWithoutRows_takeRows_andAreNotInAFile() throws IOException {
        QuantizedVectorEngine engine = learned(400);
        for (int ordinal = 0; ordinal < 400; ordinal++) {
            engine.remove(ordinal);
        }
        engine.publish();
        QuantizedVectorEngine opened = open(write(engine));
        assertThat(opened.current().rowCount()).isZero();
        for (int ordinal = 0; ordinal < 400; ordinal++) {
            float[] row = shop.row();
            engine.put(ordinal, row);
            opened.put(ordinal, row);
        }
        engine.publish();
        opened.publish();
        assertThat(clusters(engine).count()).isPositive();
        assertSame(engine, open(write(engine)));
        assertThat(opened.describe()).startsWith("exact");
        assertThat(opened.tend()).isTrue();
        opened.publish();
        assertThat(clusters(opened).count()).isPositive();
    }

    /** Ordinals: negative, of another row, without a row, over the limit. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, ORDINALS_MAX})
    void open_clustersThatHoldOtherRows_isRefused(int ordinal) throws IOException {
        QuantizedVectorEngine engine = learned(400);
        ClusterView clusters = clusters(engine);
        long[] rows = clusters.rows()[0];
        int slot = Long.numberOfTrailingZeros(clusters.presence()[0]);
        if (ClusterPage.ordinal(rows[slot]) == ordinal) {
            slot = Long.numberOfTrailingZeros(clusters.presence()[0] & ~(1L << slot));
        }
        rows[slot] = ordinal & 0xFFFF_FFFFL;
        Path path = write(engine);
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> open(path))
                .withMessageContaining("its clusters do not hold each of its rows once");
    }
}
