package dev.vitrine.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxEncoderTest extends EncoderContractSuite {

    private static final ModelProperties DEFAULTS = new ModelProperties(null, 256, "", "");

    private OnnxEncoder encoder;

    @BeforeAll
    void load() {
        encoder = new OnnxEncoder(ModelFiles.bundled(), DEFAULTS);
    }

    @AfterAll
    void unload() {
        encoder.close();
    }

    @Override
    Encoder encoder() {
        return encoder;
    }

    @Test
    void model_bundled_isNameAndFingerprint() {
        assertThat(encoder.model()).matches("all-minilm-l6-v2-q-[0-9a-f]{12}");
        assertThat(encoder.dimensions()).isEqualTo(384);
    }

    @Test
    void encode_likeAndUnlikeTexts_ranksTheLikeOneFirst() {
        float[] query = encoder.encode("wireless headphones", EmbeddingPurpose.QUERY);
        float[] like = encoder.encode("Bluetooth over-ear headset", EmbeddingPurpose.PRODUCT);
        float[] unlike = encoder.encode("Garden hose 20 m", EmbeddingPurpose.PRODUCT);

        assertThat(dot(query, like)).isGreaterThan(0.5);
        assertThat(dot(query, unlike)).isLessThan(0.2);
    }

    @Test
    void encode_textBeyondTheTokenLimit_readsOnlyItsStart() {
        String start = "cable ".repeat(300);

        // Both are cut within the common start.
        assertThat(encoder.encode(start + "lamp", EmbeddingPurpose.PRODUCT))
                .containsExactly(encoder.encode(start + "camera", EmbeddingPurpose.PRODUCT));
        assertThat(encoder.encode("cable lamp", EmbeddingPurpose.PRODUCT))
                .isNotEqualTo(encoder.encode("cable camera", EmbeddingPurpose.PRODUCT));
    }

    @Test
    void encode_brokenOrOddCharacters_givesAVector() {
        for (String text :
                new String[] {"\ud83d", "a\udc00b", "\u0000", "\ud83d\ude00", "\u200b"}) {
            assertThat(encoder.encode(text, EmbeddingPurpose.QUERY)).hasSize(384);
        }
    }

    @Test
    void encode_withPrefixes_putsThemBeforeTheText() {
        ModelProperties prefixed = new ModelProperties(null, 256, "query: ", "passage: ");
        try (OnnxEncoder other = new OnnxEncoder(ModelFiles.bundled(), prefixed)) {
            assertThat(other.encode("lamp", EmbeddingPurpose.QUERY))
                    .containsExactly(encoder.encode("query: lamp", EmbeddingPurpose.QUERY));
            assertThat(other.encode("lamp", EmbeddingPurpose.PRODUCT))
                    .containsExactly(encoder.encode("passage: lamp", EmbeddingPurpose.PRODUCT));
            assertThat(other.model()).isNotEqualTo(encoder.model());
        }
    }

    @Test
    void folder_withTheSameFiles_givesTheSameVectors(@TempDir Path folder) throws IOException {
        copyBundled(folder);

        try (OnnxEncoder other = new OnnxEncoder(ModelFiles.in(folder), DEFAULTS)) {
            assertThat(other.encode("lamp", EmbeddingPurpose.QUERY))
                    .containsExactly(encoder.encode("lamp", EmbeddingPurpose.QUERY));
            assertThat(other.model()).startsWith(folder.getFileName() + "-");
        }
    }

    @Test
    void folder_withoutTokenizer_saysWhichFileIsMissing(@TempDir Path folder) throws IOException {
        copyBundled(folder);
        Files.delete(folder.resolve("tokenizer.json"));

        assertThatThrownBy(() -> ModelFiles.in(folder))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("tokenizer.json is missing")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void folder_withUnreadableModel_isRefused(@TempDir Path folder) throws IOException {
        copyBundled(folder);
        Files.writeString(folder.resolve("model.onnx"), "not a model");

        ModelFiles files = ModelFiles.in(folder);
        assertThatThrownBy(() -> new OnnxEncoder(files, DEFAULTS))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("cannot load the model of " + folder);
    }

    @Test
    void folder_withUnreadableTokenizer_isRefused(@TempDir Path folder) throws IOException {
        copyBundled(folder);
        Files.writeString(folder.resolve("tokenizer.json"), "{}");

        ModelFiles files = ModelFiles.in(folder);
        assertThatThrownBy(() -> new OnnxEncoder(files, DEFAULTS))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("cannot load the tokenizer of " + folder);
    }

    private static void copyBundled(Path folder) throws IOException {
        ModelFiles bundled = ModelFiles.bundled();
        try (InputStream model = bundled.openModel();
                InputStream tokenizer = bundled.openTokenizer()) {
            Files.copy(model, folder.resolve("model.onnx"));
            Files.copy(tokenizer, folder.resolve("tokenizer.json"));
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }
}
