package dev.vitrine.index.task;

import dev.vitrine.index.transaction.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Renews the leases of this process, three times within each, and looks after the tasks of others
 * that died. On the same round everything else that grows is tidied. One own thread between start
 * and stop.
 */
final class TaskKeeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TaskKeeper.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Tasks tasks;
    private final List<Housekeeping> housekeeping;
    private final Transactions transactions;
    private volatile CountDownLatch closing = new CountDownLatch(0);
    private @Nullable Thread thread;

    TaskKeeper(Tasks tasks, List<Housekeeping> housekeeping, Transactions transactions) {
        this.tasks = tasks;
        this.housekeeping = List.copyOf(housekeeping);
        this.transactions = transactions;
    }

    @Override
    public void start() {
        if (!isRunning()) {
            closing = new CountDownLatch(1);
            Thread started = Thread.ofPlatform().name("task-keeper").daemon().unstarted(this::run);
            thread = started;
            started.start();
        }
    }

    @Override
    public void stop() {
        closing.countDown();
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
        return closing.getCount() > 0;
    }

    private void run() {
        long pause = Math.max(1, tasks.lease().toMillis() / 3);
        try {
            do {
                keep();
            } while (!closing.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        try {
            transactions.run(() -> {
                tasks.keepAlive();
                return true;
            });
            for (Housekeeping grown : housekeeping) {
                transactions.run(() -> {
                    grown.tidy();
                    return true;
                });
            }
        } catch (RuntimeException e) {
            log.warn("tasks cannot be looked after yet: {}", e.toString());
            log.debug("where it came from", e);
        }
    }
}
