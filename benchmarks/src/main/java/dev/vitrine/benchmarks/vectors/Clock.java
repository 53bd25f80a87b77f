package dev.vitrine.benchmarks.vectors;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a second is. */
public enum Clock {
    /** Time that passes: right on a machine of one's own. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /**
     * Time that the searching thread had a processor: neighbours that take the processor away do
     * not count, neighbours that empty the caches still do.
     */
    PROCESSOR {
        @Override
        long nanos() {
            return THREADS.getCurrentThreadCpuTime();
        }
    };

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the calling thread, from any point. */
    abstract long nanos();
}
