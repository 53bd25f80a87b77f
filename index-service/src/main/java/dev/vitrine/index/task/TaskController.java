package dev.vitrine.index.task;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.TaskState;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/tasks} and {@code /v1/tasks/{id}}. */
@RestController
@ConditionalOnRole(Role.WRITER)
final class TaskController {

    private final Tasks tasks;
    private final Transactions transactions;
    private final int listMax;

    TaskController(Tasks tasks, Transactions transactions, int listMax) {
        this.tasks = tasks;
        this.transactions = transactions;
        this.listMax = listMax;
    }

    /**
     * Tasks of a tenant.
     *
     * @param tasks newest first
     */
    record TaskList(List<TaskInfo> tasks) {}

    @GetMapping("/v1/tasks")
    TaskList list(
            @RequestParam(required = false) @Nullable String catalog,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "20") int limit,
            RequestContext context) {
        if (limit < 1 || limit > listMax) {
            throw invalid("limit", "must be 1 to " + listMax);
        }
        if (catalog != null && !CatalogRef.isName(catalog)) {
            throw invalid("catalog", "is no name of a catalogue");
        }
        TaskState wanted = state == null ? null : state(state);
        return new TaskList(
                transactions.run(() -> tasks.list(context.tenant(), catalog, wanted, limit)));
    }

    @GetMapping("/v1/tasks/{id}")
    TaskInfo get(@PathVariable String id, RequestContext context) {
        return transactions
                .run(() -> tasks.find(context.tenant(), id))
                .orElseThrow(() ->
                        new ProblemException(
                                TaskErrors.TASK_NOT_FOUND,
                                "no task has this id, or it ended too long ago"));
    }

    private static TaskState state(String name) {
        for (TaskState state : TaskState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                return state;
            }
        }
        throw invalid("state", "must be queued, running, succeeded or failed");
    }

    private static ProblemException invalid(String parameter, String message) {
        return new ProblemException(
                        CommonErrors.INVALID_PARAMETER, "parameter '" + parameter + "' " + message)
                .withErrors(List.of(new FieldError(parameter, message)));
    }
}
