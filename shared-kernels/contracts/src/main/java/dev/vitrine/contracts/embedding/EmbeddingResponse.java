package dev.vitrine.contracts.embedding;

import java.util.List;

/**
 * Vectors in the order of the request's texts.
 *
 * @param model id of the model that made them
 * @param dimensions floats in each vector
 * @param vectors unit length, little-endian float32 (base64 in JSON)
 */
public record EmbeddingResponse(String model, int dimensions, List<byte[]> vectors) {

    public EmbeddingResponse {
        vectors = List.copyOf(vectors);
    }
}
