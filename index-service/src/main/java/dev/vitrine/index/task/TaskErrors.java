package dev.vitrine.index.task;

import dev.vitrine.contracts.problem.ErrorCode;

/** Errors of tasks. Codes are stable: clients switch on them. */
public final class TaskErrors {

    public static final ErrorCode TASK_NOT_FOUND =
            new ErrorCode("TASK_NOT_FOUND", 404, "There is no such task");
    public static final ErrorCode TASK_LOST =
            new ErrorCode("TASK_LOST", 409, "The task was taken from this process");

    /** Why a task failed whose process died. */
    public static final String PROCESS_DIED = "PROCESS_DIED";

    private TaskErrors() {}
}
