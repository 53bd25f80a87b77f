package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.multivector.MaxSim;
import dev.vitrine.kernels.vector.NativeRows;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.VectorUtil;

/** Late interaction: 32 query tokens with documents of 64 tokens, 128 dimensions each. */
final class MaxSimKernels {

    private static final int SEED = 20_261_126;
    private static final int DIMENSIONS = 128;
    private static final int QUERY_TOKENS = 32;
    private static final int TOKENS = 64;
    private static final int DOCUMENTS = 200;

    private MaxSimKernels() {}

    static List<KernelGroup> groups() {
        Random random = new Random(SEED);
        float[][] query = tokens(QUERY_TOKENS, random);
        float[][] tokens = tokens(DOCUMENTS * TOKENS, random);
        MaxSim ours = new MaxSim(rows(query));
        NativeRows rows = rows(tokens);
        return List.of(
                new KernelGroup(
                        "MaxSim, 32 x 64 tokens of 128 dimensions (a document)",
                        "caches",
                        DOCUMENTS,
                        TOKENS * DIMENSIONS * Float.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "MaxSim.score",
                                        () -> {
                                            double sum = 0;
                                            for (int d = 0; d < DOCUMENTS; d++) {
                                                sum += ours.score(rows, d * TOKENS, TOKENS);
                                            }
                                            return sum;
                                        }),
                                new RowKernel(
                                        "lucene",
                                        "VectorUtil.dotProduct(float[])",
                                        () -> {
                                            double sum = 0;
                                            for (int d = 0; d < DOCUMENTS; d++) {
                                                sum += score(query, tokens, d * TOKENS);
                                            }
                                            return sum;
                                        }))));
    }

    private static float score(float[][] query, float[][] tokens, int first) {
        float sum = 0;
        for (float[] token : query) {
            float best = Float.NEGATIVE_INFINITY;
            for (int t = first; t < first + TOKENS; t++) {
                best = Math.max(best, VectorUtil.dotProduct(token, tokens[t]));
            }
            sum += best;
        }
        return sum;
    }

    private static float[][] tokens(int count, Random random) {
        float[][] tokens = new float[count][];
        for (int t = 0; t < count; t++) {
            tokens[t] = FloatKernels.unit(DIMENSIONS, random);
        }
        return tokens;
    }

    private static NativeRows rows(float[][] tokens) {
        NativeRows rows = NativeRows.allocate(DIMENSIONS, tokens.length);
        for (int t = 0; t < tokens.length; t++) {
            rows.set(t, tokens[t]);
        }
        return rows;
    }
}
