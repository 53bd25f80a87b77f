package dev.vitrine.benchmarks.vectors.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.benchmarks.vectors.GroundTruth;
import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.benchmarks.vectors.RowSubset;
import dev.vitrine.benchmarks.vectors.VectorIndex.Searcher;
import dev.vitrine.benchmarks.vectors.VectorIndex.Setting;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import dev.vitrine.kernels.vector.VectorMath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneIndexTest {

    private static final int ROWS = 1_000;
    private static final int DIMENSIONS = 64;
    private static final int K = 10;

    private final ExactVectorEngine exact = new ExactVectorEngine(DIMENSIONS, ROWS);
    private final float[][] queries = new float[20][];

    @TempDir private Path folder = Path.of("");

    private RowFile rows() throws IOException {
        Random random = new Random(1);
        ByteBuffer bytes = ByteBuffer.allocate(ROWS * DIMENSIONS * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            float[] row = vector(random);
            exact.put(i, row);
            bytes.asFloatBuffer().put(row);
            bytes.position(bytes.position() + DIMENSIONS * Float.BYTES);
        }
        for (int i = 0; i < queries.length; i++) {
            queries[i] = vector(random);
        }
        Path file = Files.write(folder.resolve("rows.f32"), bytes.array());
        return RowFile.open(file, DIMENSIONS, ROWS);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    private double recall(LuceneIndex index, Setting setting, RowSubset filter) throws IOException {
        GroundTruth truth = GroundTruth.of(exact.publish(), queries, filter, K);
        Searcher searcher = index.searcher(setting, filter);
        double sum = 0;
        for (int i = 0; i < queries.length; i++) {
            int[] found = searcher.search(queries[i], K);
            assertThat(IntStream.of(found).boxed()).hasSize(K).allMatch(filter::contains);
            sum += truth.recall(i, found, K);
        }
        return sum / queries.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, .1, .01})
    void scanOfFloatsFindsTheTruth(double share) throws IOException {
        RowSubset filter = share == 1 ? RowSubset.all(ROWS) : RowSubset.of(ROWS, share);
        try (RowFile rows = rows();
                LuceneIndex index = LuceneIndex.build(rows, LuceneIndex.Kind.FLOAT, 16, folder)) {
            assertThat(recall(index, PeerSettings.SCAN, filter)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LuceneIndex.Kind.class,
            names = {"INT8", "BIT"})
    void scanOfCodesFindsTheTruthOnceRescored(LuceneIndex.Kind kind) throws IOException {
        RowSubset filter = RowSubset.of(ROWS, .05);
        try (RowFile rows = rows();
                LuceneIndex index = LuceneIndex.build(rows, kind, 16, folder)) {
            Setting most = PeerSettings.rescoredScans().getLast();
            assertThat(recall(index, most, filter)).isGreaterThan(.95);
        }
    }

    @Test
    void broadWalkFindsTheTruth() throws IOException {
        RowSubset filter = RowSubset.of(ROWS, .5);
        try (RowFile rows = rows();
                LuceneIndex index = LuceneIndex.build(rows, LuceneIndex.Kind.FLOAT, 16, folder)) {
            assertThat(recall(index, PeerSettings.plain().getLast(), filter)).isGreaterThan(.95);
        }
    }
}
