package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;

/**
 * Turns one text into a vector. The same text, purpose and model give the same bits, whatever else
 * is encoded before it or at the same time. Safe for all threads until closed.
 */
public interface Encoder extends AutoCloseable {

    /** Id of everything that decides a vector; vectors of different ids are not comparable. */
    String model();

    /** Floats in a vector. */
    int dimensions();

    /**
     * Encodes one text on the calling thread.
     *
     * @return a vector of Euclidean length 1, owned by the caller
     * @throws EncodeException when the model gives no usable vector for this text
     */
    float[] encode(String text, EmbeddingPurpose purpose);

    @Override
    void close();
}
