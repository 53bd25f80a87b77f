package dev.vitrine.retrieval.query;

import dev.vitrine.contracts.wire.VectorBytes;

/**
 * The vector of a query's text.
 *
 * @param model id of the model that made it
 * @param bytes unit length, little-endian float32 ({@link VectorBytes}); not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it came, compared nowhere
public record QueryVector(String model, byte[] bytes) {}
