package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.index.task.ClaimedTask;
import dev.vitrine.index.task.TaskErrors;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works on imports that were accepted before they were done, one after the other, the longest
 * waiting first. A run that is stopped, or whose process dies, is taken up behind the last chunk
 * that was committed. One own thread between start and stop.
 */
final class ImportQueue implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ImportQueue.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final ProductImport.Tools tools;
    private final Tasks tasks;
    private final ReplaceCandidates candidates;
    private final ImportBodies bodies;
    private final ImportSources sources;
    private final Transactions transactions;
    private final Duration poll;

    private final ReentrantLock monitor = new ReentrantLock();
    private final Condition signal = monitor.newCondition();
    private boolean signalled;
    private volatile boolean open;
    private @Nullable Thread thread;

    ImportQueue(
            ProductImport.Tools tools,
            Tasks tasks,
            ReplaceCandidates candidates,
            ImportBodies bodies,
            ImportSources sources) {
        this.tools = tools;
        this.tasks = tasks;
        this.candidates = candidates;
        this.bodies = bodies;
        this.sources = sources;
        this.transactions = tools.transactions();
        this.poll = tools.properties().poll();
    }

    /** Says that an import was accepted. */
    void wake() {
        monitor.lock();
        try {
            signalled = true;
            signal.signalAll();
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void start() {
        if (!open) {
            open = true;
            Thread started = Thread.ofPlatform().name("import-queue").daemon().unstarted(this::run);
            thread = started;
            started.start();
        }
    }

    @Override
    public void stop() {
        open = false;
        wake();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    private void run() {
        while (open) {
            boolean worked = false;
            try {
                Optional<ClaimedTask> next = transactions.run(tasks::claim);
                if (next.isPresent()) {
                    worked = work(next.get());
                }
            } catch (RuntimeException e) {
                log.warn("accepted imports wait: {}", e.toString());
                log.debug("where it came from", e);
            }
            if (!worked) {
                pause();
            }
        }
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
                run.run(sources.open(bodies.open(task.id()), spec), () -> open);
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

    private void pause() {
        long nanos = poll.toNanos();
        monitor.lock();
        try {
            while (open && !signalled && nanos > 0) {
                nanos = signal.awaitNanos(nanos);
            }
            signalled = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open = false;
        } finally {
            monitor.unlock();
        }
    }
}
