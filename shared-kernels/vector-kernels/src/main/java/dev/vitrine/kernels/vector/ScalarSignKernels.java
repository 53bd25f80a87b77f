package dev.vitrine.kernels.vector;

/** The specification: one row after another. */
final class ScalarSignKernels implements SignKernels {

    @Override
    public void within(long[] signs, long[] large, SignBlocks blocks, int limit, long[] rows) {
        for (int b = 0; b < rows.length; b++) {
            if (rows[b] != 0) {
                rows[b] &= within(signs, large, blocks.block(b), limit);
            }
        }
    }

    @Override
    public long within(
            long[] signs, long[] large, SignBlocks blocks, int block, int next, int limit) {
        return blocks.rows(block) & within(signs, large, blocks.block(block), limit);
    }

    private static long within(long[] signs, long[] large, SignBlock block, int limit) {
        long rows = 0;
        for (int r = 0; r < SignBlock.ROWS; r++) {
            if (distance(signs, large, block, r) <= limit) {
                rows |= 1L << r;
            }
        }
        return rows;
    }

    @Override
    public void distances(long[] signs, long[] large, SignBlock block, long[] distances) {
        for (int r = 0; r < SignBlock.ROWS; r++) {
            distances[r] = distance(signs, large, block, r);
        }
    }

    @Override
    public void distances(
            long[] signs, long[] large, SignBlocks blocks, int[] rows, int count, int[] distances) {
        for (int i = 0; i < count; i++) {
            SignBlock block = blocks.block(rows[i] / SignBlock.ROWS);
            distances[i] = distance(signs, large, block, rows[i] % SignBlock.ROWS);
        }
    }

    @Override
    public void planeSums(long[] planes, SignBlock block, long rows, long[] sums) {
        int words = block.words();
        for (long rest = rows; rest != 0; rest &= rest - 1) {
            int r = Long.numberOfTrailingZeros(rest);
            int sum = 0;
            for (int w = 0; w < words; w++) {
                long code = block.word(r, w);
                sum +=
                        Long.bitCount(code & planes[w])
                                + 2 * Long.bitCount(code & planes[words + w])
                                + 4 * Long.bitCount(code & planes[2 * words + w])
                                - 8 * Long.bitCount(code & planes[3 * words + w]);
            }
            sums[r] = sum;
        }
    }

    private static int distance(long[] signs, long[] large, SignBlock block, int row) {
        int distance = 0;
        for (int w = 0; w < signs.length; w++) {
            long differing = signs[w] ^ block.word(row, w);
            distance += Long.bitCount(differing) + 2 * Long.bitCount(differing & large[w]);
        }
        return distance;
    }
}
