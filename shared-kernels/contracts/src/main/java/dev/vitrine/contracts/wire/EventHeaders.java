package dev.vitrine.contracts.wire;

/** Record headers: CloudEvents 1.0 binary mode and our extension attributes. */
public final class EventHeaders {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    /** Version of the product, decimal; on tombstones the only place that tells it. */
    public static final String PRODUCT_VERSION = "ce_productversion";

    /** Embedding model id. */
    public static final String MODEL = "ce_model";

    /** Floats in a vector, decimal. */
    public static final String DIMENSIONS = "ce_dimensions";

    /** Hash of the embedded text. */
    public static final String TEXT_HASH = "ce_texthash";

    /** On dead letters: why the record could not be used. */
    public static final String DEAD_LETTER_REASON = "vitrine_reason";

    /** On dead letters: topic, partition and offset the record came from. */
    public static final String DEAD_LETTER_ORIGIN = "vitrine_origin";

    /** Of a dead letter: where the record was read; not its origin if it had been replayed. */
    public static final String DEAD_LETTER_READ_AT = "vitrine_read_at";

    /** Of a note among dead letters: offsets of those that were sent once more. */
    public static final String DEAD_LETTER_REPLAYED = "vitrine_replayed";

    public static final String TYPE_CATALOG_CHANGED = "dev.vitrine.catalog.changed.v1";
    public static final String TYPE_PRODUCT_CHANGED = "dev.vitrine.product.changed.v1";
    public static final String TYPE_PRODUCT_DELETED = "dev.vitrine.product.deleted.v1";
    public static final String TYPE_PRODUCT_EMBEDDED = "dev.vitrine.product.embedded.v1";
    public static final String TYPE_PRODUCT_SEARCHABLE = "dev.vitrine.product.searchable.v1";

    /** Command: the product is this, whatever it was. */
    public static final String TYPE_PRODUCT_UPSERT = "dev.vitrine.product.upsert.v1";

    /** Command: JSON merge patch of a product. */
    public static final String TYPE_PRODUCT_PATCH = "dev.vitrine.product.patch.v1";

    /** Command: the product is gone. */
    public static final String TYPE_PRODUCT_DELETE = "dev.vitrine.product.delete.v1";

    /** Attribute of a command: {@code tenant/catalog}, or the catalogue alone. */
    public static final String CATALOG = "ce_catalog";

    /** Attribute of a command: product id. */
    public static final String SUBJECT = "ce_subject";

    public static final String TYPE_INTERACTION = "dev.vitrine.interaction.v1";

    public static final String JSON = "application/json";
    public static final String FLOAT32 = "application/octet-stream";

    private EventHeaders() {}
}
