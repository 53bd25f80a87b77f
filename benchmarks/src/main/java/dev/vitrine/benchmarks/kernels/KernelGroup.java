package dev.vitrine.benchmarks.kernels;

import java.util.List;

/**
 * Kernels that compute the same from the same rows.
 *
 * @param operation e.g. {@code float32 dot, rows in order}
 * @param place where the rows lie while they are read
 * @param rows number of rows
 * @param bytesPerRow of their data, without padding and headers
 */
record KernelGroup(
        String operation, String place, int rows, int bytesPerRow, List<RowKernel> kernels) {

    KernelGroup {
        kernels = List.copyOf(kernels);
    }
}
