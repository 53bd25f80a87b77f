package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernels.engine.RowFilter;
import dev.vitrine.kernels.engine.VectorSearch;
import java.util.Arrays;

/** Share of the true best rows that searches find; never fewer rows than there are. */
final class Recall {

    private Recall() {}

    static double of(
            VectorSearch search, VectorSearch exact, float[][] queries, RowFilter filter, int k) {
        long found = 0;
        long wanted = 0;
        for (float[] query : queries) {
            int[] truth = exact.topK(query, k, filter).ordinals();
            int[] ordinals = search.topK(query, k, filter).ordinals();
            assertThat(ordinals).hasSameSizeAs(truth);
            Arrays.sort(ordinals);
            wanted += truth.length;
            for (int ordinal : truth) {
                found += Arrays.binarySearch(ordinals, ordinal) >= 0 ? 1 : 0;
            }
        }
        return (double) found / wanted;
    }
}
