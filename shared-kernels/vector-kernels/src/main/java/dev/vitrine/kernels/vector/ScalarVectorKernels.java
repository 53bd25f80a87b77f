package dev.vitrine.kernels.vector;

/** The specification: one multiplication and one addition after another, from left to right. */
final class ScalarVectorKernels implements VectorKernels {

    private final KernelSelection selection;

    ScalarVectorKernels(String reason) {
        this.selection = new KernelSelection("scalar", 0, reason);
    }

    @Override
    public KernelSelection selection() {
        return selection;
    }

    @Override
    public float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public void dotBlock(
            float[] query,
            NativeRows rows,
            int firstRow,
            int count,
            float[] scores,
            int scoresOffset) {
        for (int r = 0; r < count; r++) {
            scores[scoresOffset + r] = dot(query, rows, firstRow + r);
        }
    }

    @Override
    public void dotRows(
            float[] query, NativeRows rows, int[] rowNumbers, int count, float[] scores) {
        for (int r = 0; r < count; r++) {
            scores[r] = dot(query, rows, rowNumbers[r]);
        }
    }

    private static float dot(float[] query, NativeRows rows, int row) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += query[i] * rows.component(row, i);
        }
        return sum;
    }
}
