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
    public BatchKernels batches() {
        return new ScalarBatchKernels();
    }

    @Override
    public BfloatKernels bfloats() {
        return new ScalarBfloatKernels();
    }

    @Override
    public NibbleKernels nibbles() {
        return new ScalarNibbleKernels();
    }

    @Override
    public SignKernels signs() {
        return new ScalarSignKernels();
    }

    @Override
    public HadamardKernels hadamard() {
        return new ScalarHadamardKernels();
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

    @Override
    public void dotEach(
            float[] query, NativeRows[] rows, int[] rowNumbers, int count, float[] scores) {
        for (int i = 0; i < count; i++) {
            scores[i] = dot(query, rows[i], rowNumbers[i]);
        }
    }

    @Override
    public void byteDotBlock(short[] query, ByteRows rows, int firstRow, int count, int[] sums) {
        for (int r = 0; r < count; r++) {
            sums[r] = dot(query, rows, firstRow + r);
        }
    }

    @Override
    public void byteDotEach(
            short[] query, ByteRows[] rows, int[] rowNumbers, int count, int[] sums) {
        for (int i = 0; i < count; i++) {
            sums[i] = dot(query, rows[i], rowNumbers[i]);
        }
    }

    @Override
    public void byteBlockDots(short[] query, ByteBlock block, int[] sums) {
        for (int r = 0; r < ByteBlock.ROWS; r++) {
            int sum = 0;
            for (int d = 0; d < block.dimensions(); d++) {
                sum += query[d] * block.component(r, d);
            }
            sums[r] = sum;
        }
    }

    @Override
    public long notUnder(float[] values, int from, float limit) {
        long mask = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            mask |= values[from + i] < limit ? 0 : 1L << i;
        }
        return mask;
    }

    static int dot(short[] query, ByteRows rows, int row) {
        int sum = 0;
        for (int i = 0; i < rows.dimensions(); i++) {
            sum += query[i / 2 + (i % 2) * (query.length / 2)] * rows.component(row, i);
        }
        return sum;
    }

    private static float dot(float[] query, NativeRows rows, int row) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += query[i] * rows.component(row, i);
        }
        return sum;
    }
}
