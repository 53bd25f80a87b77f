package dev.vitrine.standalone.source;

/**
 * The form of a product file.
 *
 * <p>{@code NDJSON} holds one plain document a line. {@code FEED} holds one document-feed operation
 * a line, {@code {"put": address, "fields": {...}}}, as other engines export it; the document is
 * what is under {@code fields}. {@code CSV} has a header row and one product a record.
 */
public enum FileFormat {
    NDJSON,
    FEED,
    CSV
}
