package dev.vitrine.contracts.embedding;

import java.util.List;

/**
 * Texts to turn into vectors.
 *
 * @param texts at least one
 * @param purpose whether they are queries or product texts; some models want a prefix for either
 */
public record EmbeddingRequest(List<String> texts, EmbeddingPurpose purpose) {

    public EmbeddingRequest {
        texts = List.copyOf(texts);
    }
}
