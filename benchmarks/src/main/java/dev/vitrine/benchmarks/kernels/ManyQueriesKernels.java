package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.BatchMath;
import dev.vitrine.kernels.vector.ByteRows;
import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.VectorUtil;

/**
 * Many queries with the same rows. The peers have no kernel for it: they take each row with every
 * query while it is in the cache, ours alone takes the rows once a query.
 */
final class ManyQueriesKernels {

    private static final int SEED = 20_261_126;
    private static final int QUERIES = 32;

    /** Rows that are compared with all queries before the next ones. */
    private static final int BLOCK = 256;

    private ManyQueriesKernels() {}

    /** Floats and int8 codes; a row counts once for each query. */
    static List<KernelGroup> groups(int dimensions, int rows, String place) {
        return List.of(floats(dimensions, rows, place), bytes(dimensions, rows, place));
    }

    private static KernelGroup floats(int dimensions, int count, String place) {
        Random random = new Random(SEED);
        float[][] queries = new float[QUERIES][];
        NativeRows ourQueries = NativeRows.allocate(dimensions, QUERIES);
        for (int q = 0; q < QUERIES; q++) {
            queries[q] = FloatKernels.unit(dimensions, random);
            ourQueries.set(q, queries[q]);
        }
        float[][] rows = new float[count][];
        NativeRows ours = NativeRows.allocate(dimensions, count);
        for (int r = 0; r < count; r++) {
            rows[r] = FloatKernels.unit(dimensions, random);
            ours.set(r, rows[r]);
        }
        float[] scores = new float[Math.max(count, QUERIES * BLOCK)];
        return new KernelGroup(
                "float32 dot, 32 queries (a pair)",
                place,
                count * QUERIES,
                dimensions * Float.BYTES / QUERIES,
                List.of(
                        new RowKernel(
                                "ours",
                                "BatchMath.dotBlock",
                                () -> {
                                    double sum = 0;
                                    for (int r = 0; r < count; r += BLOCK) {
                                        int now = Math.min(BLOCK, count - r);
                                        BatchMath.dotBlock(
                                                ourQueries, 0, QUERIES, ours, r, now, scores);
                                        sum += FloatKernels.sum(scores, QUERIES * now);
                                    }
                                    return sum;
                                }),
                        new RowKernel(
                                "ours",
                                "VectorMath.dotBlock",
                                () -> {
                                    double sum = 0;
                                    for (float[] query : queries) {
                                        VectorMath.dotBlock(query, ours, 0, count, scores, 0);
                                        sum += FloatKernels.sum(scores, count);
                                    }
                                    return sum;
                                }),
                        new RowKernel(
                                "lucene",
                                "VectorUtil.dotProduct(float[])",
                                () -> {
                                    double sum = 0;
                                    for (float[] row : rows) {
                                        for (float[] query : queries) {
                                            sum += VectorUtil.dotProduct(query, row);
                                        }
                                    }
                                    return sum;
                                })));
    }

    private static KernelGroup bytes(int dimensions, int count, String place) {
        Random random = new Random(SEED);
        byte[][] queries = new byte[QUERIES][];
        short[][] ourQueries = new short[QUERIES][];
        for (int q = 0; q < QUERIES; q++) {
            queries[q] = ByteKernels.codes(dimensions, random);
            ourQueries[q] = CodeMath.query(queries[q]);
        }
        byte[][] rows = new byte[count][];
        ByteRows ours = ByteRows.allocate(dimensions, count);
        for (int r = 0; r < count; r++) {
            rows[r] = ByteKernels.codes(dimensions, random);
            ours.set(r, rows[r]);
        }
        int[] sums = new int[Math.max(count, QUERIES * BLOCK)];
        return new KernelGroup(
                "int8 dot, 32 queries (a pair)",
                place,
                count * QUERIES,
                dimensions / QUERIES,
                List.of(
                        new RowKernel(
                                "ours",
                                "BatchMath.dotBlock",
                                () -> {
                                    long sum = 0;
                                    for (int r = 0; r < count; r += BLOCK) {
                                        int now = Math.min(BLOCK, count - r);
                                        BatchMath.dotBlock(ourQueries, QUERIES, ours, r, now, sums);
                                        sum += ByteKernels.sum(sums, QUERIES * now);
                                    }
                                    return sum;
                                }),
                        new RowKernel(
                                "ours",
                                "CodeMath.dotBlock",
                                () -> {
                                    long sum = 0;
                                    for (short[] query : ourQueries) {
                                        CodeMath.dotBlock(query, ours, 0, count, sums);
                                        sum += ByteKernels.sum(sums, count);
                                    }
                                    return sum;
                                }),
                        new RowKernel(
                                "lucene",
                                "VectorUtil.dotProduct(byte[])",
                                () -> {
                                    long sum = 0;
                                    for (byte[] row : rows) {
                                        for (byte[] query : queries) {
                                            sum += VectorUtil.dotProduct(query, row);
                                        }
                                    }
                                    return sum;
                                })));
    }
}
