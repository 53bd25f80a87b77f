package dev.vitrine.kernels.vector;

/** The specification: each component widened, multiplied and added, from left to right. */
final class ScalarBfloatKernels implements BfloatKernels {

    @Override
    public void dotBlock(float[] query, BfloatRows rows, int firstRow, int count, float[] scores) {
        for (int r = 0; r < count; r++) {
            scores[r] = dot(query, rows, firstRow + r);
        }
    }

    @Override
    public void dotRows(
            float[] query, BfloatRows rows, int[] rowNumbers, int count, float[] scores) {
        for (int r = 0; r < count; r++) {
            scores[r] = dot(query, rows, rowNumbers[r]);
        }
    }

    private static float dot(float[] query, BfloatRows rows, int row) {
        int half = query.length / 2;
        float sum = 0;
        for (int i = 0; i < rows.dimensions(); i++) {
            sum += query[i / 2 + (i % 2) * half] * rows.component(row, i);
        }
        return sum;
    }
}
