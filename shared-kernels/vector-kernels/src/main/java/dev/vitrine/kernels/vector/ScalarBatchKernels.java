package dev.vitrine.kernels.vector;

/** The specification: every query with every row, as if alone. */
final class ScalarBatchKernels implements BatchKernels {

    @Override
    public void dotBlock(
            NativeRows queries,
            int firstQuery,
            int queryCount,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores) {
        for (int q = 0; q < queryCount; q++) {
            for (int r = 0; r < count; r++) {
                scores[q * count + r] = dot(queries, firstQuery + q, rows, firstRow + r);
            }
        }
    }

    @Override
    public void dotBlock(
            short[][] queries, int queryCount, ByteRows rows, int firstRow, int count, int[] sums) {
        for (int q = 0; q < queryCount; q++) {
            for (int r = 0; r < count; r++) {
                sums[q * count + r] = ScalarVectorKernels.dot(queries[q], rows, firstRow + r);
            }
        }
    }

    private static float dot(NativeRows queries, int query, NativeRows rows, int row) {
        float sum = 0;
        for (int i = 0; i < rows.dimensions(); i++) {
            sum += queries.component(query, i) * rows.component(row, i);
        }
        return sum;
    }
}
