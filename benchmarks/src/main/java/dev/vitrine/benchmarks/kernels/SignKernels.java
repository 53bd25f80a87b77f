package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.SignBlocks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/** Differing bits of sign codes. */
final class SignKernels {

    private static final int SEED = 20_261_126;

    private SignKernels() {}

    /**
     * Random codes in the order of memory.
     *
     * @param dimensions rounded up to whole words of 64 bits
     * @param rows rounded up to whole blocks
     */
    static List<KernelGroup> groups(int dimensions, int rows, String place) {
        int words = (dimensions + Long.SIZE - 1) / Long.SIZE;
        Random random = new Random(SEED);
        SignBlock[] ours = new SignBlock[(rows + SignBlock.ROWS - 1) / SignBlock.ROWS];
        long[][] longs = new long[ours.length * SignBlock.ROWS][];
        byte[][] bytes = new byte[longs.length][];
        for (int row = 0; row < longs.length; row++) {
            longs[row] = random.longs(words).toArray();
            bytes[row] = bytes(longs[row]);
            if (row % SignBlock.ROWS == 0) {
                ours[row / SignBlock.ROWS] = SignBlock.allocate(words);
            }
            ours[row / SignBlock.ROWS].set(row % SignBlock.ROWS, longs[row]);
        }
        long[] query = random.longs(words).toArray();
        byte[] queryBytes = bytes(query);
        // Nothing is large: what is left is the plain Hamming distance of the peers.
        long[] large = new long[words];
        long[] distances = new long[SignBlock.ROWS];
        long[] within = new long[ours.length];
        SignBlocks blocks = new SignBlocks(words, ours, new long[ours.length]);
        int[] inOrder = IntStream.range(0, longs.length).toArray();
        int[] apart = FloatKernels.shuffled(longs.length, random);
        int[] distancesApart = new int[apart.length];
        // Some rows in a hundred, as in a search.
        int limit = words * Long.SIZE * 45 / 100;
        return List.of(
                new KernelGroup(
                        "sign codes, differing bits",
                        place,
                        longs.length,
                        words * Long.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "CodeMath.distances",
                                        () -> {
                                            long sum = 0;
                                            for (SignBlock block : ours) {
                                                CodeMath.distances(query, large, block, distances);
                                                for (long distance : distances) {
                                                    sum += distance;
                                                }
                                            }
                                            return sum;
                                        }),
                                lucene(queryBytes, bytes, inOrder),
                                jvector(query, longs, inOrder))),
                new KernelGroup(
                        "sign codes, rows within a distance",
                        place,
                        longs.length,
                        words * Long.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "CodeMath.within",
                                        () -> {
                                            Arrays.fill(within, -1L);
                                            CodeMath.within(query, large, blocks, limit, within);
                                            long sum = 0;
                                            for (long word : within) {
                                                sum += Long.bitCount(word);
                                            }
                                            return sum;
                                        }))),
                new KernelGroup(
                        "sign codes, rows scattered",
                        place,
                        longs.length,
                        words * Long.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "CodeMath.distances",
                                        () -> {
                                            CodeMath.distances(
                                                    query,
                                                    large,
                                                    blocks,
                                                    apart,
                                                    apart.length,
                                                    distancesApart);
                                            long sum = 0;
                                            for (int distance : distancesApart) {
                                                sum += distance;
                                            }
                                            return sum;
                                        }),
                                lucene(queryBytes, bytes, apart),
                                jvector(query, longs, apart))));
    }

    private static RowKernel lucene(byte[] query, byte[][] rows, int[] order) {
        return new RowKernel(
                "lucene",
                "VectorUtil.xorBitCount",
                () -> {
                    long sum = 0;
                    for (int row : order) {
                        sum += VectorUtil.xorBitCount(query, rows[row]);
                    }
                    return sum;
                });
    }

    private static RowKernel jvector(long[] query, long[][] rows, int[] order) {
        return new RowKernel(
                "jvector",
                "VectorUtil.hammingDistance",
                () -> {
                    long sum = 0;
                    for (int row : order) {
                        sum +=
                                io.github.jbellis.jvector.vector.VectorUtil.hammingDistance(
                                        query, rows[row]);
                    }
                    return sum;
                });
    }

    private static byte[] bytes(long[] words) {
        ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
