package dev.vitrine.benchmarks.kernels;

/** How fast one thread reads memory that no cache holds, by the plainest loop there is. */
final class ReadBandwidth {

    private ReadBandwidth() {}

    /**
     * Gigabytes (10^9) a second, the best of some passes.
     *
     * @param megabytes to go over; several times the last cache
     */
    static double measure(int megabytes, int passes) {
        long[] memory = new long[megabytes * (1 << 17)];
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int pass = 0; pass < passes; pass++) {
            memory[pass]++;
            long from = System.nanoTime();
            sum += sum(memory);
            best = Math.min(best, System.nanoTime() - from);
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return (double) memory.length * Long.BYTES / best;
    }

    /** The compiler turns this into vector loads and adds. */
    private static long sum(long[] memory) {
        long sum = 0;
        for (long word : memory) {
            sum += word;
        }
        return sum;
    }
}
