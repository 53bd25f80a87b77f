package dev.vitrine.index.catalog;

/**
 * A document in the form in which it is kept.
 *
 * @param json the document
 * @param contentHash equal for equal documents, whatever the order of their members
 * @param semanticText text to embed
 * @param semanticHash hash of it
 * @param textHash hash over what the text index holds
 */
record PreparedDocument(
        String json,
        String contentHash,
        String semanticText,
        String semanticHash,
        String textHash) {}
