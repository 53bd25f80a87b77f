package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.ByteRows;
import dev.vitrine.kernels.vector.CodeMath;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.VectorUtil;

/** Dot products of int8 codes. JVector has no kernel for them. */
final class ByteKernels {

    private static final int SEED = 20_261_126;
    private static final int LIMIT = 127;

    private ByteKernels() {}

    /** Random codes from -127 to 127, in the order of memory. */
    static List<KernelGroup> groups(int dimensions, int rows, String place) {
        Random random = new Random(SEED);
        ByteRows ours = ByteRows.allocate(dimensions, rows);
        byte[][] theirs = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            theirs[row] = codes(dimensions, random);
            ours.set(row, theirs[row]);
        }
        byte[] query = codes(dimensions, random);
        short[] prepared = CodeMath.query(query);
        int[] sums = new int[rows];
        return List.of(
                new KernelGroup(
                        "int8 dot, rows in order",
                        place,
                        rows,
                        dimensions,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "CodeMath.dotBlock",
                                        () -> {
                                            CodeMath.dotBlock(prepared, ours, 0, rows, sums);
                                            return sum(sums, rows);
                                        }),
                                new RowKernel(
                                        "lucene",
                                        "VectorUtil.dotProduct(byte[])",
                                        () -> {
                                            long sum = 0;
                                            for (byte[] row : theirs) {
                                                sum += VectorUtil.dotProduct(query, row);
                                            }
                                            return sum;
                                        }))));
    }

    /** Sum of the first {@code count} products. */
    static long sum(int[] sums, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += sums[i];
        }
        return sum;
    }

    /** Random codes from -127 to 127. */
    static byte[] codes(int dimensions, Random random) {
        byte[] codes = new byte[dimensions];
        for (int i = 0; i < dimensions; i++) {
            codes[i] = (byte) (random.nextInt(2 * LIMIT + 1) - LIMIT);
        }
        return codes;
    }
}
