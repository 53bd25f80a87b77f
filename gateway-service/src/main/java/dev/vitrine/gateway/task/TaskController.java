package dev.vitrine.gateway.task;

import dev.vitrine.contracts.catalog.TaskInfo;
import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.contracts.catalog.TaskState;
import dev.vitrine.contracts.index.AppliedResult;
import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/tasks/{id}}. */
@RestController
final class TaskController {

    private static final ErrorCode TASK_NOT_FOUND =
            new ErrorCode("TASK_NOT_FOUND", 404, "There is no such task");

    private final Services services;
    private final Duration timeout;

    TaskController(Services services, Duration timeout) {
        this.services = services;
        this.timeout = timeout;
    }

    @GetMapping("/v1/tasks/{id}")
    @Operation(summary = "A task: how far it is, and what it came to", tags = "tasks")
    TaskInfo task(@PathVariable String id, RequestContext request) {
        RequestContext context = request.until(request.deadline().atMost(timeout));
        try {
            if (!SearchableTask.claims(id)) {
                return services.index().get(context, TaskInfo.class, "/v1/tasks/{id}", id);
            }
            return searchable(
                    SearchableTask.parse(id)
                            .orElseThrow(() ->
                                    new ProblemException(
                                            TASK_NOT_FOUND, "no task can have this id")),
                    context);
        } catch (DependencyException missing) {
            throw services.unavailable(missing);
        }
    }

    private TaskInfo searchable(SearchableTask task, RequestContext context) {
        boolean applied =
                services.index()
                        .get(
                                context,
                                AppliedResult.class,
                                "/internal/v1/catalogs/{catalog}/applied?id={id}&version={version}"
                                        + "&timeoutMs=0",
                                task.catalog(),
                                task.product(),
                                task.version())
                        .applied();
        return new TaskInfo(
                task.id(),
                TaskKind.SEARCHABLE,
                task.catalog(),
                applied ? TaskState.SUCCEEDED : TaskState.RUNNING,
                applied ? 1 : 0,
                1L,
                null,
                null,
                null,
                null,
                null);
    }
}
