package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The in-memory twin of {@link OnnxEncoder}: a random direction seeded by the text. */
public final class HashEncoder implements Encoder {

    private final String model;
    private final int dimensions;
    private final AtomicInteger calls = new AtomicInteger();

    public HashEncoder(String model, int dimensions) {
        this.model = model;
        this.dimensions = dimensions;
    }

    /** Texts encoded so far. */
    public int calls() {
        return calls.get();
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
        calls.incrementAndGet();
        if (text.contains("unencodable")) {
            throw new EncodeException("this text cannot be encoded");
        }
        Random random = new Random(text.hashCode());
        float[] vector = new float[dimensions];
        double squares = 0;
        for (int d = 0; d < dimensions; d++) {
            vector[d] = (float) random.nextGaussian();
            squares += (double) vector[d] * vector[d];
        }
        for (int d = 0; d < dimensions; d++) {
            vector[d] = (float) (vector[d] / Math.sqrt(squares));
        }
        return vector;
    }

    @Override
    public void close() {}
}
