package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.BlockFile;
import dev.vitrine.kernels.paged.StoredPages;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * Where pages are in a section, which has a block for each that holds a row.
 *
 * @param presence word of each page
 * @param blockOf block of each page; of use only where the page holds a row
 * @param count number of blocks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record PageBlocks(long[] presence, int[] blockOf, int count) {

    static PageBlocks of(long[] presence) {
        int[] blockOf = new int[presence.length];
        int block = 0;
        for (int p = 0; p < presence.length; p++) {
            blockOf[p] = block;
            block += presence[p] == 0 ? 0 : 1;
        }
        return new PageBlocks(presence, blockOf, block);
    }

    /**
     * The pages in a section of a file, which is refused if it has another number of blocks or
     * blocks of another length.
     *
     * @param over makes a page of its block
     */
    <P> StoredPages<P> in(
            BlockFile file, String section, int blockBytes, Function<MemorySegment, P> over) {
        BlockFile.Section stored = file.section(section, blockBytes, count);
        return new StoredPages<>(presence, page -> over.apply(stored.block(blockOf[page])));
    }
}
