package dev.vitrine.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where it was measured.
 *
 * @param processor model name
 * @param cores cores that the JVM may use
 * @param memoryGigabytes memory of the machine
 * @param jdk version of this JVM, which is that of all
 * @param kernel operating system
 */
public record Machine(
        String processor, int cores, long memoryGigabytes, String jdk, String kernel) {

    /** This one. */
    public static Machine current() throws IOException {
        return new Machine(
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(
                        Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                                / 1024.0
                                / 1024.0),
                System.getProperty("java.vm.version", "unknown"),
                System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    }

    /** The processor's flags that decide which vector kernels can run. */
    public static String vectorFlags() throws IOException {
        return Arrays.stream(value("/proc/cpuinfo", "flags").split(" ", -1))
                .filter(flag -> flag.matches("avx.*|fma|f16c|sse4_2|amx.*|popcnt|vpclmulqdq"))
                .collect(Collectors.joining(" "));
    }

    private static String value(String file, String key) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
