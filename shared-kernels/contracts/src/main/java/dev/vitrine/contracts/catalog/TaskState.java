package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a task is; the last two are final. */
public enum TaskState {
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED
}
