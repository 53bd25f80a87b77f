package dev.vitrine.embedded;

/** Whether {@code CREATE EXTENSION vector} will work on the embedded PostgreSQL. */
public sealed interface PgvectorAvailability {

    /**
     * The extension's files are in place.
     *
     * @param version of pgvector, such as {@code 0.8.0}
     */
    record Available(String version) implements PgvectorAvailability {}

    /**
     * PostgreSQL runs without the extension; callers store vectors as plain arrays.
     *
     * @param reason one sentence for the user
     */
    record Unavailable(String reason) implements PgvectorAvailability {}

    /** True for {@link Available}. */
    default boolean available() {
        return this instanceof Available;
    }
}
