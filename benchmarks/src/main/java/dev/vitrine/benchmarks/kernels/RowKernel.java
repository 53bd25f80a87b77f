package dev.vitrine.benchmarks.kernels;

/**
 * One query against all rows of a set, once.
 *
 * @param engine ours or a peer
 * @param name the method that computes
 * @param pass computes all rows and returns the sum of the results, for comparison
 */
record RowKernel(String engine, String name, Pass pass) {

    /** Goes over all rows once. */
    @FunctionalInterface
    interface Pass {
        double run();
    }
}
