package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads from {@code /proc} how much memory a process holds. */
public final class ProcessMemory {
    private static final Path PROC = Path.of("/proc");

    private ProcessMemory() {}

    /** Resident memory of one process, MiB; 0 where the system does not say. */
    public static long residentMegabytes(long pid) {
        return kilobytes(PROC.resolve(Long.toString(pid)).resolve("status"), "VmRSS:") / 1024;
    }

    /**
     * Memory of a process and its children, MiB. PostgreSQL's processes share their page cache, so
     * the proportional size is taken where the system gives it; sums of resident sizes count it
     * many times.
     */
    public static long familyMegabytes(ProcessHandle parent) {
        try (Stream<ProcessHandle> children = parent.descendants()) {
            return Stream.concat(Stream.of(parent), children)
                            .mapToLong(ProcessMemory::proportionalKilobytes)
                            .sum()
                    / 1024;
        }
    }

    private static long proportionalKilobytes(ProcessHandle process) {
        Path folder = PROC.resolve(Long.toString(process.pid()));
        long proportional = kilobytes(folder.resolve("smaps_rollup"), "Pss:");
        return proportional > 0 ? proportional : kilobytes(folder.resolve("status"), "VmRSS:");
    }

    private static long kilobytes(Path file, String key) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.substring(key.length()).replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException goneOrForbidden) {
            return 0;
        }
        return 0;
    }
}
