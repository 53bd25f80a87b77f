package dev.vitrine.contracts.embedding;

import dev.vitrine.contracts.catalog.ProductKey;

/**
 * The vector of a product's semantic text. Travels as raw bytes with the rest in headers.
 *
 * @param key the product
 * @param productVersion version of the product that the text came from
 * @param model id of the model
 * @param textHash {@code semanticHash} of the text
 * @param vector unit length; owned by the event, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // decoded once, compared nowhere
public record ProductEmbedded(
        ProductKey key, long productVersion, String model, String textHash, float[] vector) {}
