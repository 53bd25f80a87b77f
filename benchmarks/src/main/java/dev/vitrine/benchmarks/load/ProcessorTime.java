package dev.vitrine.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what processes have used, from Linux's {@code /proc}. Stateless. */
public final class ProcessorTime {

    /** Linux reports in hundredths of a second to every program, whatever the kernel's own tick. */
    private static final double TICKS_A_SECOND = 100;

    private ProcessorTime() {}

    /** Processor seconds of each process so far; one that has ended is left out. */
    public static Map<String, Double> of(Map<String, Long> processes) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> {
            try {
                seconds.put(name, seconds(pid));
            } catch (IOException ended) {
                seconds.remove(name);
            }
        });
        return seconds;
    }

    /** What was used between two readings, for the processes that are in both. */
    public static Map<String, Double> between(
            Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new LinkedHashMap<>();
        before.forEach((name, seconds) -> {
            if (after.containsKey(name)) {
                used.put(name, after.getOrDefault(name, 0.0) - seconds);
            }
        });
        return used;
    }

    /** Resident memory of a process in megabytes. */
    public static long megabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }

    private static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in parentheses may hold blanks; the numbers follow it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
