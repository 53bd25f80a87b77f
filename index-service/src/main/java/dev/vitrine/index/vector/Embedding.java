package dev.vitrine.index.vector;

/**
 * The vector of a product's text.
 *
 * @param model id of the model that made it
 * @param hash hash of the text that it was made from
 * @param version version of the product that had the text
 * @param vector finite components; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; owned by whoever holds the record
public record Embedding(String model, String hash, long version, float[] vector) {}
