package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.BfloatMath;
import dev.vitrine.kernels.vector.BfloatRows;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Dot products with bfloat16 rows. The peers have no kernel for them. */
final class BfloatKernels {

    private static final int SEED = 20_261_126;

    private BfloatKernels() {}

    static List<KernelGroup> groups(int dimensions, int rows, String place) {
        Random random = new Random(SEED);
        BfloatRows ours = BfloatRows.allocate(dimensions, rows);
        for (int row = 0; row < rows; row++) {
            ours.set(row, FloatKernels.unit(dimensions, random));
        }
        float[] query = BfloatMath.query(FloatKernels.unit(dimensions, random));
        float[] scores = new float[rows];
        int[] numbers = IntStream.range(0, rows).toArray();
        return List.of(
                new KernelGroup(
                        "bfloat16 dot, rows in order",
                        place,
                        rows,
                        dimensions * Short.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "BfloatMath.dotBlock",
                                        () -> {
                                            BfloatMath.dotBlock(query, ours, 0, rows, scores);
                                            return FloatKernels.sum(scores, rows);
                                        }),
                                new RowKernel(
                                        "ours",
                                        "BfloatMath.dotRows",
                                        () -> {
                                            BfloatMath.dotRows(query, ours, numbers, rows, scores);
                                            return FloatKernels.sum(scores, rows);
                                        }))));
    }
}
