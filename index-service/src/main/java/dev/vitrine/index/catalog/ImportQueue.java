package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.index.task.ClaimedTask;
import dev.vitrine.index.task.TaskErrors;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.index.worker.Worker;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on imports that were accepted before they were done, one after the other, the longest
 * waiting first. A run that is stopped, or whose process dies, is taken up behind the last chunk
 * that was committed.
 */
final class ImportQueue extends Worker {

    private static final Logger log = LoggerFactory.getLogger(ImportQueue.class);

    private final ProductImport.Tools tools;
    private final Tasks tasks;
    private final ReplaceCandidates candidates;
    private final ImportBodies bodies;
    private final ImportSources sources;
    private final Transactions transactions;

    ImportQueue(
            ProductImport.Tools tools,
            Tasks tasks,
            ReplaceCandidates candidates,
            ImportBodies bodies,
            ImportSources sources) {
        super("import-queue", tools.properties().poll());
        this.tools = tools;
        this.tasks = tasks;
        this.candidates = candidates;
        this.bodies = bodies;
        this.sources = sources;
        this.transactions = tools.transactions();
    }

    @Override
    protected boolean step() {
        Optional<ClaimedTask> next = transactions.run(tasks::claim);
        next.map(ClaimedTask::id).ifPresent(tasks::take);
        return next.isPresent() && work(next.get());
    }

    /** Runs a task; false when it has to wait for better times. */
    private boolean work(ClaimedTask task) {
        try {
            return finish(task);
        } catch (ProblemException e) {
            if (e.code().equals(TaskErrors.TASK_LOST)) {
                log.warn("{}", e.detail());
            } else if (e.code().equals(CommonErrors.UNAVAILABLE)) {
                log.warn("import {} waits: {}", task.id(), e.detail());
                release(task);
            } else {
                fail(task, new TaskFault(e.code().code(), e.detail()));
            }
            return false;
        } catch (IOException | RuntimeException e) {
            log.error("import {} failed", task.id(), e);
            fail(task, new TaskFault(CommonErrors.INTERNAL.code(), "see the log of index-service"));
            return false;
        } finally {
            tasks.leave(task.id());
        }
    }

    private boolean finish(ClaimedTask task) throws IOException {
        ImportSpec spec = WireJson.mapper().readValue(task.spec(), ImportSpec.class);
        ProductImport run =
                new ProductImport(
                        tools,
                        task.catalog(),
                        spec.mode(),
                        new ImportProgress(
                                tasks, candidates, task.id(), spec.mode() == ImportMode.REPLACE),
                        task.report(),
                        false,
                        result -> {});
        Optional<ImportReport> report =
                run.run(sources.open(bodies.open(task.id()), spec), this::isRunning);
        if (report.isEmpty()) {
            release(task);
            return false;
        }
        log.info(
                "import {} into {}: {} accepted, {} rejected, {} deleted",
                task.id(),
                task.catalog().key(),
                report.get().accepted(),
                report.get().rejected(),
                report.get().deleted());
        return true;
    }

    private void release(ClaimedTask task) {
        transactions.run(() -> {
            tasks.release(task.id());
            return true;
        });
    }

    private void fail(ClaimedTask task, TaskFault why) {
        transactions.run(() -> {
            tasks.failAsNoted(task.id(), why);
            return true;
        });
    }
}
