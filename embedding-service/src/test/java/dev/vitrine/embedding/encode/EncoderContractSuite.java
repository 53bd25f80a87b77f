package dev.vitrine.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Encoder} must do. */
abstract class EncoderContractSuite {

    private static final List<String> WORDS =
            List.of(
                    "usb",
                    "cable",
                    "HDMI",
                    "65\"",
                    "télévision",
                    "stand",
                    "battery",
                    "日本",
                    "case",
                    "for",
                    "iPhone",
                    "(2-pack)",
                    "black",
                    "0.5m",
                    "SanDisk",
                    "64GB",
                    "&amp;",
                    "–");

    abstract Encoder encoder();

    @Test
    void encode_anyText_hasUnitLengthAndTheDimensionsOfTheModel() {
        for (String text : texts(new Random(1), 20)) {
            float[] vector = encoder().encode(text, EmbeddingPurpose.PRODUCT);

            double squares = 0;
            for (float component : vector) {
                squares += (double) component * component;
            }
            assertThat(vector).hasSize(encoder().dimensions());
            assertThat(squares).isCloseTo(1.0, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void encode_whateverElseIsEncoded_givesTheSameBits(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> texts = texts(random, 40);
        List<float[]> alone = new ArrayList<>();
        for (String text : texts) {
            alone.add(encoder().encode(text, EmbeddingPurpose.PRODUCT));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.addAll(List.of(i, i));
        }
        Collections.shuffle(order, random);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<float[]>> tasks = new ArrayList<>();
            for (int i : order) {
                tasks.add(() -> encoder().encode(texts.get(i), EmbeddingPurpose.PRODUCT));
            }
            List<Future<float[]>> together = threads.invokeAll(tasks);
            for (int n = 0; n < order.size(); n++) {
                assertThat(together.get(n).get())
                        .as("seed %d: %s", seed, texts.get(order.get(n)))
                        .containsExactly(alone.get(order.get(n)));
            }
        }
    }

    @Test
    void model_named_isNotBlank() {
        assertThat(encoder().model()).isNotBlank();
    }

    static List<String> texts(Random random, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int words = 1 + random.nextInt(i % 10 == 9 ? 400 : 25);
            for (int w = 0; w < words; w++) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            texts.add(text.append(i).toString());
        }
        return texts;
    }
}
