package dev.vitrine.kernels.vector;

/** The specification: one product after another. */
final class ScalarNibbleKernels implements NibbleKernels {

    @Override
    public void dotBlock(short[] query, NibbleRows rows, int firstRow, int count, int[] sums) {
        for (int r = 0; r < count; r++) {
            sums[r] = dot(query, rows, firstRow + r);
        }
    }

    @Override
    public void dotRows(short[] query, NibbleRows rows, int[] rowNumbers, int count, int[] sums) {
        for (int r = 0; r < count; r++) {
            sums[r] = dot(query, rows, rowNumbers[r]);
        }
    }

    private static int dot(short[] query, NibbleRows rows, int row) {
        int quarter = query.length / 4;
        int sum = 0;
        for (int i = 0; i < rows.dimensions(); i++) {
            sum += query[i / 4 + (i % 4) * quarter] * rows.component(row, i);
        }
        return sum;
    }
}
