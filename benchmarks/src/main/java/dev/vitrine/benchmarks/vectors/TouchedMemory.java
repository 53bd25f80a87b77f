package dev.vitrine.benchmarks.vectors;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Memory that searches touch, told by the operating system: pages whose accessed bit is set after
 * queries ran, be they heap, native memory or mapped files. The same rule for every engine. Linux
 * only.
 *
 * <p>Not counted: what the searching thread allocated, and what this process touches anyway,
 * measured by the same loop without searches.
 */
final class TouchedMemory {

    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");
    private static final String KEY = "Referenced:";

    private TouchedMemory() {}

    /**
     * Runs all queries once and counts.
     *
     * @return bytes, empty where the system does not tell
     */
    static OptionalDouble measure(VectorIndex.Searcher searcher, float[][] queries, int k)
            throws IOException {
        if (!Files.isWritable(CLEAR) || !Files.isReadable(ROLLUP)) {
            return OptionalDouble.empty();
        }
        double idle = touched((query, most) -> new int[0], queries, k);
        return OptionalDouble.of(Math.max(0, touched(searcher, queries, k) - idle));
    }

    private static double touched(VectorIndex.Searcher searcher, float[][] queries, int k)
            throws IOException {
        // Leaves the young generation empty, so that nothing is collected while it counts.
        System.gc();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Files.writeString(CLEAR, "1");
        long allocated = threads.getCurrentThreadAllocatedBytes();
        for (float[] query : queries) {
            searcher.search(query, k);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        return referenced() - allocated;
    }

    private static double referenced() throws IOException {
        for (String line : Files.readAllLines(ROLLUP)) {
            if (line.startsWith(KEY)) {
                return Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException(ROLLUP + " has no line " + KEY);
    }
}
