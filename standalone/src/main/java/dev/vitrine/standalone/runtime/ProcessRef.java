package dev.vitrine.standalone.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that can be recognised later: process ids are used again, so the start time goes with
 * it.
 *
 * @param pid process id
 * @param startedAtMillis start of the process, milliseconds since 1970; 0 where the system does not
 *     say
 */
public record ProcessRef(long pid, long startedAtMillis) {

    public static ProcessRef of(ProcessHandle process) {
        return new ProcessRef(process.pid(), startOf(process));
    }

    public static ProcessRef current() {
        return of(ProcessHandle.current());
    }

    /** The process if it still lives; a later one with the same id does not count. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAtMillis == 0 || startOf(process) == startedAtMillis);
    }

    public boolean alive() {
        return find().isPresent();
    }

    /** Asks the process to end, and ends it when it has not done so in time. */
    public void stop(Duration patience) {
        find().ifPresent(process -> {
            process.destroy();
            if (!ended(process, patience)) {
                process.destroyForcibly();
                ended(process, Duration.ofSeconds(5));
            }
        });
    }

    /** True when the process has ended within the time. */
    static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (ExecutionException unknown) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
