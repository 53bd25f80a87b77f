package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a task does. */
public enum TaskKind {
    @JsonProperty("import")
    IMPORT,
    /** An import that deletes at its end what it did not contain. */
    @JsonProperty("replace")
    REPLACE,
    /** Products follow a new schema. */
    @JsonProperty("reindex")
    REINDEX,
    /** Products follow the deletion of their catalogue. */
    @JsonProperty("catalog-delete")
    CATALOG_DELETE,
    /** A write is on its way to where searches find it. */
    @JsonProperty("searchable")
    SEARCHABLE
}
