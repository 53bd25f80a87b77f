package dev.vitrine.index.task;

import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.index.worker.Worker;
import java.util.List;

/**
 * Renews the leases of this process, three times within each, and looks after the tasks of others
 * that died. On the same round everything else that grows is tidied.
 */
final class TaskKeeper extends Worker {

    private final Tasks tasks;
    private final List<Housekeeping> housekeeping;
    private final Transactions transactions;

    TaskKeeper(Tasks tasks, List<Housekeeping> housekeeping, Transactions transactions) {
        super("task-keeper", tasks.lease().dividedBy(3));
        this.tasks = tasks;
        this.housekeeping = List.copyOf(housekeeping);
        this.transactions = transactions;
    }

    @Override
    protected boolean step() {
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
        return false;
    }
}
