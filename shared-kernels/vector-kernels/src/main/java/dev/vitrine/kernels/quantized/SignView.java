package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.SignBlock;
import dev.vitrine.kernels.vector.SignBlocks;
import org.jspecify.annotations.Nullable;

/**
 * The sign codes of one moment and what makes and uses them; unchanging.
 *
 * @param encoder made every code of these pages
 * @param pages one row for each of the engine's rows
 * @param blocks the codes of the pages, an empty block where there is no page
 * @param plan how they are searched
 * @param clusters of the same rows; null while they are few
 */
record SignView(
        SignEncoder encoder,
        PagedView<SignBlock> pages,
        SignBlocks blocks,
        SearchPlan plan,
        @Nullable ClusterView clusters) {

    static SignView of(LearnedRows learned, SearchPlan plan) {
        SignRows rows = learned.signs();
        ClusterRows clusters = learned.clusters();
        PagedView<SignBlock> pages = rows.publish();
        SignBlock[] blocks = new SignBlock[pages.pageCount()];
        long[] present = new long[blocks.length];
        for (int p = 0; p < blocks.length; p++) {
            SignBlock page = pages.page(p);
            blocks[p] = page == null ? rows.empty() : page;
            present[p] = pages.presenceWord(p);
        }
        return new SignView(
                rows.encoder(),
                pages,
                new SignBlocks(rows.encoder().words(), blocks, present),
                plan,
                clusters == null ? null : clusters.publish());
    }
}
