package dev.vitrine.index.quality;

import java.util.Arrays;

/** The recall of the last comparisons. Thread-safe. */
final class RecallWindow {

    private final double[] last;
    private long added;

    /** Remembers so many comparisons. */
    RecallWindow(int capacity) {
        this.last = new double[capacity];
    }

    /**
     * @param recall 0 to 1
     */
    synchronized void add(double recall) {
        last[(int) (added++ % last.length)] = recall;
    }

    /** Mean of the comparisons that it remembers; a comparison is a trial. */
    synchronized Proportion mean() {
        int size = (int) Math.min(added, last.length);
        return new Proportion(Arrays.stream(last, 0, size).sum() / size, size);
    }
}
