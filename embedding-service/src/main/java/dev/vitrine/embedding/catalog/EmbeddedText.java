package dev.vitrine.embedding.catalog;

/**
 * What a product's present vector was made from.
 *
 * @param model id of the model
 * @param textHash hash of the text
 */
record EmbeddedText(String model, String textHash) {}
