package dev.vitrine.embedding.encode;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sentence-transformer model run by ONNX Runtime: tokens, model, mean over the tokens, unit
 * length. Each call runs on its own thread alone; parallelism is several callers.
 */
public final class OnnxEncoder implements Encoder {

    /*
     * One text a run, always. Quantised models scale their activations by the largest value in the
     * whole batch, so in a batch a text's vector depends on its neighbours (cosine down to 0.989).
     * With one text there is no padding either, so the mask is all ones; it is still honoured.
     *
     * One intra-op thread without spinning: ONNX Runtime's own threads spin while they wait, and on
     * a busy machine two of them are slower than one. Several callers on one session are safe.
     */
    private static final String INPUT_IDS = "input_ids";
    private static final String ATTENTION_MASK = "attention_mask";
    private static final String TOKEN_TYPE_IDS = "token_type_ids";
    private static final Set<String> KNOWN_INPUTS =
            Set.of(INPUT_IDS, ATTENTION_MASK, TOKEN_TYPE_IDS);

    private static final int FINGERPRINT_BYTES = 6;

    /**
     * The tokenizer works through the whole text before it cuts, 100 ms for a megabyte. No language
     * has tokens of this length on average.
     */
    private static final int CHARACTERS_PER_TOKEN_MAX = 64;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final boolean wantsTypeIds;
    private final String output;
    private final int charactersMax;
    private final String queryPrefix;
    private final String productPrefix;
    private final String model;
    private final int dimensions;

    /**
     * Loads a model and tries it with one text.
     *
     * @throws EncodeException when a file cannot be read or the model is of no use here
     */
    public OnnxEncoder(ModelFiles files, ModelProperties properties) {
        this.charactersMax = CHARACTERS_PER_TOKEN_MAX * properties.maxTokens();
        this.queryPrefix = properties.queryPrefix();
        this.productPrefix = properties.productPrefix();
        this.environment = OrtEnvironment.getEnvironment();
        this.tokenizer = openTokenizer(files, properties.maxTokens());
        OrtSession opened = null;
        try {
            this.model = files.name() + '-' + fingerprint(files, properties);
            opened = openSession(environment, files);
            this.session = opened;
            this.wantsTypeIds = checkInputs(files, session.getInputInfo());
            this.output = tokenOutput(files, session.getOutputInfo());
            this.dimensions = encode("probe", EmbeddingPurpose.QUERY).length;
        } catch (OrtException | IOException | RuntimeException e) {
            closeQuietly(opened, e);
            tokenizer.close();
            if (e instanceof EncodeException known) {
                throw known;
            }
            throw new EncodeException("cannot load the model of " + files, e);
        }
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public float[] encode(String text, EmbeddingPurpose purpose) {
        String prefix =
                switch (purpose) {
                    case QUERY -> queryPrefix;
                    case PRODUCT -> productPrefix;
                };
        Encoding encoding = tokenizer.encode(wellFormed(prefix.isEmpty() ? text : prefix + text));
        long[] mask = encoding.getAttentionMask();
        long[] shape = {1, mask.length};
        Map<String, OnnxTensor> inputs = HashMap.newHashMap(3);
        try {
            inputs.put(INPUT_IDS, tensor(encoding.getIds(), shape));
            inputs.put(ATTENTION_MASK, tensor(mask, shape));
            if (wantsTypeIds) {
                inputs.put(TOKEN_TYPE_IDS, tensor(encoding.getTypeIds(), shape));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                return pool((OnnxTensor) result.get(0), mask);
            }
        } catch (OrtException e) {
            throw new EncodeException(
                    "the model failed on a text of " + mask.length + " tokens", e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new EncodeException("cannot close the model " + model, e);
        }
    }

    /** Without what the model would not read anyway, and without halves of surrogate pairs. */
    private String wellFormed(String text) {
        String start = text.length() <= charactersMax ? text : text.substring(0, charactersMax);
        byte[] utf8 = start.getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Mean of the token vectors under the mask, at length 1. */
    private static float[] pool(OnnxTensor tokens, long[] mask) {
        long[] shape = tokens.getInfo().getShape();
        if (shape.length != 3 || shape[0] != 1 || shape[1] != mask.length || shape[2] < 1) {
            throw new EncodeException(
                    "the model gave "
                            + tokens.getInfo()
                            + " for one text of "
                            + mask.length
                            + " tokens");
        }
        int dimensions = Math.toIntExact(shape[2]);
        float[] values = new float[mask.length * dimensions];
        tokens.getFloatBuffer().get(values);
        float[] vector = new float[dimensions];
        for (int t = 0; t < mask.length; t++) {
            if (mask[t] == 0) {
                continue;
            }
            int row = t * dimensions;
            for (int d = 0; d < dimensions; d++) {
                vector[d] += values[row + d];
            }
        }
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        // Dividing by the number of tokens first would change nothing but rounding.
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new EncodeException("the model gave a vector of length " + length);
        }
        for (int d = 0; d < dimensions; d++) {
            vector[d] = (float) (vector[d] / length);
        }
        return vector;
    }

    private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    private static HuggingFaceTokenizer openTokenizer(ModelFiles files, int maxTokens) {
        String tokens = Integer.toString(maxTokens);
        try (InputStream json = files.openTokenizer()) {
            return HuggingFaceTokenizer.newInstance(
                    json,
                    Map.of(
                            "truncation",
                            "true",
                            "maxLength",
                            tokens,
                            "modelMaxLength",
                            tokens,
                            "padding",
                            "false"));
        } catch (IOException | RuntimeException e) {
            throw new EncodeException("cannot load the tokenizer of " + files, e);
        }
    }

    private static OrtSession openSession(OrtEnvironment environment, ModelFiles files)
            throws OrtException, IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            Path path = files.modelPath();
            if (path != null) {
                return environment.createSession(path.toString(), options);
            }
            try (InputStream bytes = files.openModel()) {
                return environment.createSession(bytes.readAllBytes(), options);
            }
        }
    }

    /** Whether the model has an input for token types. */
    private static boolean checkInputs(ModelFiles files, Map<String, NodeInfo> inputs) {
        if (!inputs.containsKey(INPUT_IDS)
                || !inputs.containsKey(ATTENTION_MASK)
                || !KNOWN_INPUTS.containsAll(inputs.keySet())) {
            throw new EncodeException(
                    "the model of "
                            + files
                            + " has the inputs "
                            + inputs.keySet()
                            + "; expected input_ids, attention_mask and possibly token_type_ids");
        }
        return inputs.containsKey(TOKEN_TYPE_IDS);
    }

    /** The output that holds one vector for each token. */
    private static String tokenOutput(ModelFiles files, Map<String, NodeInfo> outputs) {
        for (NodeInfo node : outputs.values()) {
            if (node.getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && tensor.getShape().length == 3) {
                return node.getName();
            }
        }
        throw new EncodeException(
                "no output of the model of "
                        + files
                        + " is a float tensor [batch, tokens, dimensions]: "
                        + outputs.values());
    }

    /** A hash over the files and settings that decide a vector. */
    private static String fingerprint(ModelFiles files, ModelProperties properties)
            throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (InputStream file = files.openModel()) {
            update(digest, file);
        }
        try (InputStream file = files.openTokenizer()) {
            update(digest, file);
        }
        String settings =
                properties.maxTokens()
                        + "\u0000"
                        + properties.queryPrefix()
                        + '\u0000'
                        + properties.productPrefix();
        digest.update(settings.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
    }

    private static void update(MessageDigest digest, InputStream file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
            digest.update(buffer, 0, read);
        }
    }

    private static void closeQuietly(@Nullable OrtSession session, Exception cause) {
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
