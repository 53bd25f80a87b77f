package dev.vitrine.index.quality;

import dev.vitrine.index.column.Words;
import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorSearch;
import dev.vitrine.kernels.exact.ExactVectorEngine;
import dev.vitrine.kernels.vector.VectorMath;
import java.util.Random;

/** Random rows of 8 dimensions and searches of them. */
final class Rows {

    /** One row in seven scores more. */
    private static final float FLOOR = 0.4f;

    private Rows() {}

    static VectorSearch of(int count) {
        Random random = new Random(3);
        ExactVectorEngine engine = new ExactVectorEngine(8, count);
        for (int i = 0; i < count; i++) {
            engine.put(i, vector(random));
        }
        return engine.publish();
    }

    static float[] vector(Random random) {
        float[] vector = new float[8];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    /** A search that the first rows pass the filter of. */
    static ServedSearch served(VectorSearch rows, float[] query, int passing) {
        long[] words = new long[Words.count(rows.ordinalLimit())];
        for (int i = 0; i < passing; i++) {
            Words.set(words, i);
        }
        return new ServedSearch(rows, query, FLOOR, rows.range(query, FLOOR, RowFilter.ALL), words);
    }
}
