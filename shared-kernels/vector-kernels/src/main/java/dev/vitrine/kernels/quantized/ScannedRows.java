package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.vector.CodeMath;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.SignBlocks;
import java.util.function.IntConsumer;

/** No distance is kept: sign codes are read once more for each limit. */
final class ScannedRows implements NearRows {

    /** Rows whose distances tell where the first limit lies. */
    private static final int SAMPLE_ROWS = 1_024;

    /** Of the pages with passing rows, at most one in so many is sampled. */
    private static final int SAMPLED_PAGES = 8;

    private final SignQuery query;
    private final SignBlocks blocks;
    private final long[] wanted;
    private final int passing;
    private final int distanceMax;

    /** Wanted rows that are farther than any limit so far. */
    private final long[] far;

    private final long[] near;

    ScannedRows(SignQuery query, SignBlocks blocks, PassingRows rows, int distanceMax) {
        this.query = query;
        this.blocks = blocks;
        this.wanted = rows.words();
        this.passing = rows.count();
        this.distanceMax = distanceMax;
        this.far = wanted.clone();
        this.near = new long[wanted.length];
    }

    @Override
    public int firstLimit(int count) {
        int[] histogram = new int[distanceMax + 1];
        long[] distances = new long[SignBlock.ROWS];
        int step = Math.max(SAMPLED_PAGES, passing / SAMPLE_ROWS);
        int sampled = 0;
        int seen = 0;
        for (int p = 0; p < wanted.length; p++) {
            if (wanted[p] == 0 || seen++ % step != 0) {
                continue;
            }
            CodeMath.distances(query.signs(), query.large(), blocks.block(p), distances);
            for (long rest = wanted[p]; rest != 0; rest &= rest - 1) {
                histogram[(int) distances[Long.numberOfTrailingZeros(rest)]]++;
                sampled++;
            }
        }
        double enough = Math.ceil((double) count / passing * sampled);
        int limit = 0;
        int within = histogram[0];
        while (within < enough && limit < distanceMax) {
            within += histogram[++limit];
        }
        return limit;
    }

    @Override
    public void forEachWithin(int limit, IntConsumer taker) {
        System.arraycopy(far, 0, near, 0, far.length);
        CodeMath.within(query.signs(), query.large(), blocks, limit, near);
        for (int p = 0; p < near.length; p++) {
            far[p] ^= near[p];
        }
        PassingRows.forEach(near, taker);
    }
}
