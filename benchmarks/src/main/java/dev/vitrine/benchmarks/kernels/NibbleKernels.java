package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.NibbleMath;
import dev.vitrine.kernels.vector.NibbleRows;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.VectorUtil;

/**
 * Dot products of 4-bit codes. Lucene's query has 4 bits too, ours could have 8. JVector has no
 * kernel for them.
 */
final class NibbleKernels {

    private static final int SEED = 20_261_126;

    private NibbleKernels() {}

    /** Random codes from 0 to 15; dimensions are even. */
    static List<KernelGroup> groups(int dimensions, int rows, String place) {
        Random random = new Random(SEED);
        int even = dimensions / 2 * 2;
        NibbleRows ours = NibbleRows.allocate(even, rows);
        byte[][] theirs = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            byte[] codes = codes(even, random);
            ours.set(row, codes);
            theirs[row] = packed(codes);
        }
        byte[] query = codes(even, random);
        short[] prepared = NibbleMath.query(query);
        int[] sums = new int[rows];
        return List.of(
                new KernelGroup(
                        "4-bit dot, rows in order",
                        place,
                        rows,
                        even / 2,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "NibbleMath.dotBlock",
                                        () -> {
                                            NibbleMath.dotBlock(prepared, ours, 0, rows, sums);
                                            return ByteKernels.sum(sums, rows);
                                        }),
                                new RowKernel(
                                        "lucene",
                                        "VectorUtil.int4DotProductSinglePacked",
                                        () -> {
                                            long sum = 0;
                                            for (byte[] row : theirs) {
                                                sum +=
                                                        VectorUtil.int4DotProductSinglePacked(
                                                                query, row);
                                            }
                                            return sum;
                                        }))));
    }

    private static byte[] codes(int dimensions, Random random) {
        byte[] codes = new byte[dimensions];
        for (int i = 0; i < dimensions; i++) {
            codes[i] = (byte) random.nextInt(NibbleRows.CODE_MAX + 1);
        }
        return codes;
    }

    /** Lucene's order: the first half of the dimensions in the upper bits. */
    private static byte[] packed(byte[] codes) {
        byte[] packed = new byte[codes.length / 2];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (byte) ((codes[i] << 4) | codes[packed.length + i]);
        }
        return packed;
    }
}
