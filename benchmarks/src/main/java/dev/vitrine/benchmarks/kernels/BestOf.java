package dev.vitrine.benchmarks.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times kernels in turns and keeps the best time of each: the machine is shared, and what disturbs
 * only ever makes slower.
 */
final class BestOf {

    private static final double TOLERANCE = 1e-4;

    /** Rounds before those that count. */
    private static final int WARM_UP = 5;

    private BestOf() {}

    /**
     * Nanoseconds a row of each kernel of a group.
     *
     * @param rounds of each kernel
     * @param nanos of a kernel in a round, at least one pass
     * @throws IllegalStateException when the kernels do not compute the same
     */
    static List<Double> measure(KernelGroup group, int rounds, long nanos) {
        agree(group);
        // Before the compiler has seen them, vector kernels are a thousand times slower.
        group.kernels().forEach(kernel -> timed(kernel.pass(), WARM_UP * nanos));
        double[] best = new double[group.kernels().size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < best.length; i++) {
                double perPass = timed(group.kernels().get(i).pass(), nanos);
                best[i] = Math.min(best[i], perPass / group.rows());
            }
        }
        List<Double> all = new ArrayList<>();
        for (double each : best) {
            all.add(each);
        }
        return all;
    }

    private static void agree(KernelGroup group) {
        double first = group.kernels().getFirst().pass().run();
        for (RowKernel kernel : group.kernels()) {
            double sum = kernel.pass().run();
            if (Math.abs(sum - first) > TOLERANCE * group.rows() + TOLERANCE * Math.abs(first)) {
                throw new IllegalStateException(
                        group.operation()
                                + ": "
                                + kernel.engine()
                                + ' '
                                + kernel.name()
                                + " sums up to "
                                + sum
                                + ", another to "
                                + first);
            }
        }
    }

    /** Nanoseconds of a pass, over as many as fill the time. */
    private static double timed(RowKernel.Pass pass, long nanos) {
        double sum = 0;
        long passes = 0;
        long from = System.nanoTime();
        long taken;
        // Doubled from time to time, so that asking for the time costs nothing.
        for (long next = 1; ; next *= 2) {
            for (; passes < next; passes++) {
                sum += pass.run();
            }
            taken = System.nanoTime() - from;
            if (taken >= nanos) {
                break;
            }
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("a kernel gave no number");
        }
        return (double) taken / passes;
    }
}
