package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.ByteBlock;
import dev.vitrine.kernels.vector.CodeMath;

/** Rules rows of a page out by their heads. One scan, one thread. */
final class HeadScan {

    /** With fewer wanted rows in a page their int8 codes, one by one, are less work. */
    static final int DENSE = 6;

    private final PagedView<HeadPage> pages;
    private final HeadQuery query;
    private final float[] upper = new float[ByteBlock.ROWS];

    HeadScan(HeadView heads, float[] query) {
        this.pages = heads.pages();
        this.query = heads.encoder().query(query);
    }

    /** Those of some rows of page {@code p} that may score a threshold. */
    long notUnder(int p, long rows, float threshold) {
        HeadPage page = Long.bitCount(rows) < DENSE ? null : pages.page(p);
        if (page == null) {
            return rows;
        }
        query.upperBounds(page, upper);
        return rows & CodeMath.notUnder(upper, 0, threshold);
    }
}
