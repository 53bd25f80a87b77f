package dev.vitrine.index.column;

import dev.vitrine.contracts.wire.JsonProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a shard keeps of a product besides its attributes; immutable, the bytes are not to be
 * changed.
 */
public final class StoredProduct {

    private static final int[] NO_COLUMNS = {};

    private final String id;
    private final long version;
    private final long schemaVersion;
    private final String semanticHash;
    private final String textHash;
    private final byte[] document;

    // Numbers of the columns in which the product has a value, ascending; see ColumnStore.
    private final int[] columns;

    // Found at the first page that shows the product: most are never shown.
    private volatile @Nullable JsonProperties properties;

    /**
     * @param id product id
     * @param version version of the product
     * @param schemaVersion version of the schema under which it was written
     * @param semanticHash hash of the text to be embedded
     * @param textHash hash of everything in the text index
     * @param document the document as JSON; taken over, not copied
     */
    public StoredProduct(
            String id,
            long version,
            long schemaVersion,
            String semanticHash,
            String textHash,
            byte[] document) {
        this(id, version, schemaVersion, semanticHash, textHash, document, NO_COLUMNS);
    }

    private StoredProduct(
            String id,
            long version,
            long schemaVersion,
            String semanticHash,
            String textHash,
            byte[] document,
            int[] columns) {
        this.id = id;
        this.version = version;
        this.schemaVersion = schemaVersion;
        this.semanticHash = semanticHash;
        this.textHash = textHash;
        this.document = document;
        this.columns = columns;
    }

    StoredProduct withColumns(int[] numbers) {
        return new StoredProduct(
                id, version, schemaVersion, semanticHash, textHash, document, numbers);
    }

    /** Where the fields of the document stand. */
    JsonProperties properties() {
        JsonProperties found = properties;
        if (found == null) {
            found = JsonProperties.of(document);
            properties = found;
        }
        return found;
    }

    int[] columns() {
        return columns;
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public long schemaVersion() {
        return schemaVersion;
    }

    public String semanticHash() {
        return semanticHash;
    }

    public String textHash() {
        return textHash;
    }

    /** The document as JSON; not a copy. */
    public byte[] document() {
        return document;
    }
}
