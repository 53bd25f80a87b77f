package dev.vitrine.contracts.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that goes on after its request was answered, or that is long enough to be watched.
 *
 * @param id names it in {@code /v1/tasks/{id}}
 * @param kind what it does
 * @param catalog catalogue that it works on
 * @param state how far it is
 * @param done lines of an import, else products
 * @param total what {@code done} ends at; null while it is not known
 * @param createdAt when it was asked for; null where nobody noted it
 * @param startedAt when the work began, or null
 * @param finishedAt when it ended, or null
 * @param error why it failed, or null
 * @param report of an import, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskInfo(
        String id,
        TaskKind kind,
        String catalog,
        TaskState state,
        long done,
        @Nullable Long total,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable TaskFault error,
        @Nullable ImportReport report) {}
