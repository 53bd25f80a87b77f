package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .filter(process -> !isZombie(pid))
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
            return isZombie(process.pid());
        } catch (ExecutionException unknown) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** A killed process that nobody has collected, as happens where no init does: it is gone. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // "pid (name) state ..."; the name may hold anything, brackets too.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noProc) {
            return false;
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
