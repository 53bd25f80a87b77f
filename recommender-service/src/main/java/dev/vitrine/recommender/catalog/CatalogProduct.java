package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product as it is kept. Unchanging and thread-safe. The topics come independently, so a vector
 * may be there before its product; such a product is not {@link #present}.
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
    private final long vectorVersion;

    // Found at the first request that looks at the product: most are never near.
    private volatile @Nullable ProductTraits traits;

    private CatalogProduct(
            String id,
            int ordinal,
            long version,
            @Nullable StoredDocument document,
            String semanticHash,
            boolean text,
            @Nullable String vectorModel,
            String vectorHash,
            long vectorVersion) {
        this.id = id;
        this.ordinal = ordinal;
        this.version = version;
        this.document = document;
        this.semanticHash = semanticHash;
        this.text = text;
        this.vectorModel = vectorModel;
        // The two are mostly equal: one string serves both.
        this.vectorHash = vectorHash.equals(semanticHash) ? semanticHash : vectorHash;
        this.vectorVersion = vectorVersion;
    }

    static CatalogProduct empty(String id, int ordinal) {
        return new CatalogProduct(id, ordinal, 0, null, "", false, null, "", 0);
    }

    CatalogProduct withDocument(
            long newVersion, StoredDocument newDocument, String newHash, boolean newText) {
        return new CatalogProduct(
                id,
                ordinal,
                newVersion,
                newDocument,
                newHash,
                newText,
                vectorModel,
                vectorHash,
                vectorVersion);
    }

    /** The product deleted with this version; its vector waits for a later one. */
    CatalogProduct withoutDocument(long newVersion) {
        return new CatalogProduct(
                id, ordinal, newVersion, null, "", false, vectorModel, vectorHash, vectorVersion);
    }

    CatalogProduct withVector(@Nullable String model, String hash, long madeFor) {
        return new CatalogProduct(
                id, ordinal, version, document, semanticHash, text, model, hash, madeFor);
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

    /** Version of the product that the vector was made for. */
    long vectorVersion() {
        return vectorVersion;
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

    /** What a schema says of it; kept, because requests ask by the same schema until it changes. */
    public ProductTraits traits(CatalogSchema schema) {
        ProductTraits known = traits;
        if (known == null || !known.schema().equals(schema)) {
            known = new ProductTraits(schema, document());
            traits = known;
        }
        return known;
    }
}
