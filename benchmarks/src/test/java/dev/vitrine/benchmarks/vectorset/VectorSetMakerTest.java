package dev.vitrine.benchmarks.vectorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vitrine.benchmarks.vectors.RowFile;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.embedding.encode.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorSetMakerTest {

    @TempDir private Path folder = Path.of("");
    private final List<String> encoded = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /** Encodes the number that a text is. */
    private final class Numbers implements Encoder {

        private final String model;

        private Numbers(String model) {
            this.model = model;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public float[] encode(String text, EmbeddingPurpose purpose) {
            encoded.add(text);
            return new float[] {Float.parseFloat(text), 1};
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private Path make(String model, List<String> texts) throws IOException, InterruptedException {
        Path rows = folder.resolve("products.f32");
        new VectorSetMaker(new Numbers(model), threads)
                .make(texts, EmbeddingPurpose.PRODUCT, rows, done -> {});
        return rows;
    }

    @Test
    void writesRowsInTheOrderOfTheTexts() throws Exception {
        try (RowFile rows = RowFile.open(make("m", texts(5_000)), 2, 10_000)) {
            assertThat(rows.count()).isEqualTo(5_000);
            assertThat(rows.row(4_321)).containsExactly(4_321, 1);
        }
    }

    @Test
    void goesOnWhereItWasStopped() throws Exception {
        Path rows = make("m", texts(100));
        // What a killed run may leave behind its last whole part.
        Files.write(rows, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        encoded.clear();
        make("m", texts(150));
        assertThat(encoded).hasSize(50).doesNotContain("99").contains("100");
        try (RowFile made = RowFile.open(rows, 2, 1_000)) {
            assertThat(made.row(149)).containsExactly(149, 1);
        }
    }

    @Test
    void refusesAFileOfOtherTextsOrOfAnotherModel() throws Exception {
        make("m", texts(10));
        assertThatIOException().isThrownBy(() -> make("other", texts(10)));
        assertThatIOException().isThrownBy(() -> make("m", texts(20).subList(1, 20)));
        assertThatIOException().isThrownBy(() -> make("m", texts(5)));
    }
}
