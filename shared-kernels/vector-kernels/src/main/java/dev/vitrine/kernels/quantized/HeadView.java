package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedView;

/**
 * The heads of one moment and what made them; unchanging.
 *
 * @param encoder made every code of these pages
 * @param pages one row for each of the engine's rows
 */
record HeadView(HeadEncoder encoder, PagedView<HeadPage> pages) {

    static HeadView of(HeadRows rows) {
        return new HeadView(rows.encoder(), rows.publish());
    }

    /** Whether so many rows are worth a look at heads. */
    boolean serves(PassingRows rows) {
        return rows.count() >= HeadScan.DENSE * rows.words().length;
    }
}
