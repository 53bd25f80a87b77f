package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that can be recognised later: process ids are used again, so the start time goes with
 * it.
 *
 * @param pid process id
 * @param start when the process started, only to be compared: on Linux in clock ticks since the
 *     machine's start, which setting the clock does not change; elsewhere in milliseconds since
 *     1970; 0 where the system does not say
 */
public record ProcessRef(long pid, long start) {
    /** Where {@code /proc/PID/stat} has the start, counted from the state, its third field. */
    private static final int START_FIELD = 22 - 3;

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
                .filter(process -> start == 0 || startOf(process) == start);
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
        List<String> stat = stat(pid);
        return !stat.isEmpty() && stat.getFirst().equals("Z");
    }

    private static long startOf(ProcessHandle process) {
        List<String> stat = stat(process.pid());
        return stat.size() > START_FIELD
                ? Long.parseLong(stat.get(START_FIELD))
                : process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** What {@code /proc/PID/stat} says from the state on; empty where there is no such file. */
    private static List<String> stat(long pid) {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1);
            // "pid (name) state ..."; the name may hold any bytes, brackets too.
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException noProc) {
            return List.of();
        }
    }
}
