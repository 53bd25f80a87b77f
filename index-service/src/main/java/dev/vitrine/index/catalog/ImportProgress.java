package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.index.task.Tasks;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What an import notes in its task, each time in the transaction of what it has just written, so
 * that a process that takes the task up goes on exactly where the last one was. Thread-safe.
 *
 * @param tasks where tasks are
 * @param candidates what a replacing import still has to delete
 * @param task id of the task
 * @param replacing whether there are candidates
 */
record ImportProgress(Tasks tasks, ReplaceCandidates candidates, String task, boolean replacing) {

    /**
     * Notes lines or deletions.
     *
     * @param report counts including them
     * @param ids products that they are about
     */
    void note(ImportReport report, Collection<String> ids) {
        tasks.note(task, report);
        if (replacing && !ids.isEmpty()) {
            candidates.remove(task, ids);
        }
    }

    /** Ends the task; well, unless there is a fault. */
    void end(ImportReport report, @Nullable TaskFault fault) {
        if (fault == null) {
            tasks.succeed(task, report);
        } else {
            tasks.fail(task, report, fault);
        }
    }
}
