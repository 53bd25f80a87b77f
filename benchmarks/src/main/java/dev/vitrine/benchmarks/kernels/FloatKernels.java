package dev.vitrine.benchmarks.kernels;

import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.VectorMath;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/** Dot products of float32, each engine over its own layout of the same random rows. */
final class FloatKernels {

    private static final int SEED = 20_261_126;
    private static final VectorTypeSupport JVECTOR =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    /** Rows that JVector's kernel for several rows is given at once. */
    private static final int JVECTOR_ROWS = 8;

    private final int dimensions;
    private final int rows;
    private final String place;
    private final float[] query;
    private final float[][] floats;
    private final int[] shuffled;

    /**
     * Draws the rows.
     *
     * @param place where so many rows lie
     */
    FloatKernels(int dimensions, int rows, String place) {
        this.dimensions = dimensions;
        this.rows = rows;
        this.place = place;
        Random random = new Random(SEED);
        this.query = unit(dimensions, random);
        this.floats = new float[rows][];
        for (int i = 0; i < rows; i++) {
            floats[i] = unit(dimensions, random);
        }
        this.shuffled = shuffled(rows, random);
    }

    /** A random vector of length 1. */
    static float[] unit(int dimensions, Random random) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    /** Floats, in the order of memory and in another one. */
    List<KernelGroup> groups() {
        NativeRows ours = NativeRows.allocate(dimensions, rows);
        VectorFloat<?>[] theirs = new VectorFloat<?>[rows];
        for (int i = 0; i < rows; i++) {
            ours.set(i, floats[i]);
            theirs[i] = JVECTOR.createFloatVector(floats[i]);
        }
        VectorFloat<?> theirQuery = JVECTOR.createFloatVector(query);
        float[] scores = new float[rows];
        int[] inOrder = IntStream.range(0, rows).toArray();
        return List.of(
                new KernelGroup(
                        "float32 dot, rows in order",
                        place,
                        rows,
                        dimensions * Float.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "VectorMath.dotBlock",
                                        () -> {
                                            VectorMath.dotBlock(query, ours, 0, rows, scores, 0);
                                            return sum(scores, rows);
                                        }),
                                lucene(inOrder),
                                jvector(theirQuery, theirs, inOrder),
                                jvectorMulti(theirQuery, theirs, inOrder))),
                new KernelGroup(
                        "float32 dot, rows scattered",
                        place,
                        rows,
                        dimensions * Float.BYTES,
                        List.of(
                                new RowKernel(
                                        "ours",
                                        "VectorMath.dotRows",
                                        () -> {
                                            VectorMath.dotRows(query, ours, shuffled, rows, scores);
                                            return sum(scores, rows);
                                        }),
                                lucene(shuffled),
                                jvector(theirQuery, theirs, shuffled),
                                jvectorMulti(theirQuery, theirs, shuffled))));
    }

    private RowKernel lucene(int[] order) {
        return new RowKernel(
                "lucene",
                "VectorUtil.dotProduct(float[])",
                () -> {
                    double sum = 0;
                    for (int row : order) {
                        sum += VectorUtil.dotProduct(query, floats[row]);
                    }
                    return sum;
                });
    }

    private static RowKernel jvector(VectorFloat<?> query, VectorFloat<?>[] rows, int[] order) {
        return new RowKernel(
                "jvector",
                "VectorUtil.dotProduct",
                () -> {
                    double sum = 0;
                    for (int row : order) {
                        sum +=
                                io.github.jbellis.jvector.vector.VectorUtil.dotProduct(
                                        query, rows[row]);
                    }
                    return sum;
                });
    }

    private static RowKernel jvectorMulti(
            VectorFloat<?> query, VectorFloat<?>[] rows, int[] order) {
        VectorFloat<?>[] batch = new VectorFloat<?>[JVECTOR_ROWS];
        float[] scores = new float[JVECTOR_ROWS];
        return new RowKernel(
                "jvector",
                "VectorUtil.dotProductMulti",
                () -> {
                    double sum = 0;
                    for (int from = 0; from < order.length; from += JVECTOR_ROWS) {
                        int count = Math.min(JVECTOR_ROWS, order.length - from);
                        for (int i = 0; i < count; i++) {
                            batch[i] = rows[order[from + i]];
                        }
                        io.github.jbellis.jvector.vector.VectorUtil.dotProductMulti(
                                query, batch, count, scores);
                        for (int i = 0; i < count; i++) {
                            sum += scores[i];
                        }
                    }
                    return sum;
                });
    }

    /** All rows in any order. */
    static int[] shuffled(int rows, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sum of the first {@code count} scores. */
    static double sum(float[] scores, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += scores[i];
        }
        return sum;
    }
}
