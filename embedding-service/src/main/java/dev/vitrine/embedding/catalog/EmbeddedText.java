package dev.vitrine.embedding.catalog;

/**
 * What a product's present vector was made from.
 *
 * @param model id of the model
 * @param textHash hash of the text
 */
record EmbeddedText(String model, String textHash) {

    /** Something was sent and never acknowledged: it may be there or not. Equals no text. */
    static final EmbeddedText UNCERTAIN = new EmbeddedText("", "");
}
