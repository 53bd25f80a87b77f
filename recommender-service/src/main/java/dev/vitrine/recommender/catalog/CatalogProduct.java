package dev.vitrine.recommender.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product as it is kept. Immutable. The topics come independently, so a vector may be there
 * before its product; such a product is not {@link #present}.
 */
public final class CatalogProduct {

    private final String id;
    private final int ordinal;
    private final long version;
    private final @Nullable StoredDocument document;
    private final String semanticHash;
    private final boolean text;
    private final @Nullable String vectorModel;
    private final String vectorHash;

    private CatalogProduct(
            String id,
            int ordinal,
            long version,
            @Nullable StoredDocument document,
            String semanticHash,
            boolean text,
            @Nullable String vectorModel,
            String vectorHash) {
        this.id = id;
        this.ordinal = ordinal;
        this.version = version;
        this.document = document;
        this.semanticHash = semanticHash;
        this.text = text;
        this.vectorModel = vectorModel;
        // The two are mostly equal: one string serves both.
        this.vectorHash = vectorHash.equals(semanticHash) ? semanticHash : vectorHash;
    }

    static CatalogProduct empty(String id, int ordinal) {
        return new CatalogProduct(id, ordinal, 0, null, "", false, null, "");
    }

    CatalogProduct withDocument(
            long newVersion, StoredDocument newDocument, String newHash, boolean newText) {
        return new CatalogProduct(
                id, ordinal, newVersion, newDocument, newHash, newText, vectorModel, vectorHash);
    }

    CatalogProduct withVector(@Nullable String model, String hash) {
        return new CatalogProduct(id, ordinal, version, document, semanticHash, text, model, hash);
    }

    public String id() {
        return id;
    }

    int ordinal() {
        return ordinal;
    }

    long version() {
        return version;
    }

    /** Hash of the text that its vector is made from. */
    public String semanticHash() {
        return semanticHash;
    }

    /** Whether there is a text to make a vector from. */
    public boolean hasText() {
        return text;
    }

    /** Whether the product exists. */
    boolean present() {
        return document != null;
    }

    @Nullable String vectorModel() {
        return vectorModel;
    }

    /** Whether its vector is that of its present text. */
    boolean comparable() {
        return document != null && vectorModel != null && vectorHash.equals(semanticHash);
    }

    /** Its fields, read anew by each call. */
    public Map<String, Object> document() {
        StoredDocument stored = document;
        return stored == null ? Map.of() : stored.read();
    }
}
