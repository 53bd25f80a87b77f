package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.BlockFile;
import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.StoredPages;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the parts of an engine from the file that {@link EngineSnapshot} wrote. */
final class StoredEngine {

    private final BlockFile file;
    private final int dimensions;
    private final int ordinalsMax;
    private final long[] presence;

    /** Block of a page; of use only where the page holds a row. */
    private final int[] blockOf;

    private final int blocks;
    private final Tended tended;
    private final @Nullable LearnedState learned;

    private StoredEngine(BlockFile file, int ordinalsMax) throws IOException {
        this.file = file;
        this.dimensions = file.dimensions();
        this.ordinalsMax = ordinalsMax;
        this.presence =
                file.rows() == 0
                        ? new long[0]
                        : file.section(EngineFile.PRESENCE).block(0).toArray(ValueLayout.JAVA_LONG);
        this.blockOf = new int[presence.length];
        int block = 0;
        for (int p = 0; p < presence.length; p++) {
            blockOf[p] = block;
            block += presence[p] == 0 ? 0 : 1;
        }
        this.blocks = block;
        this.tended = EngineFile.decode(file, EngineFile.TENDED, Tended::read);
        this.learned =
                file.has(EngineFile.LEARNED)
                        ? EngineFile.decode(
                                file, EngineFile.LEARNED, in -> LearnedState.read(in, dimensions))
                        : null;
    }

    /** Opens a file; refuses one that does not fit. */
    static StoredEngine open(Path path, int dimensions, int ordinalsMax) throws IOException {
        BlockFile file = BlockFile.open(path);
        if (file.dimensions() != dimensions) {
            throw file.unusable(
                    "its rows have " + file.dimensions() + " dimensions instead of " + dimensions);
        }
        StoredEngine stored = new StoredEngine(file, ordinalsMax);
        int ordinalLimit = PagedRows.ordinalLimit(stored.presence);
        if (ordinalLimit > ordinalsMax) {
            throw file.unusable(
                    "it holds ordinal %d, the limit is %d"
                            .formatted(ordinalLimit - 1, ordinalsMax - 1));
        }
        return stored;
    }

    FloatRows floats() {
        return new FloatRows(
                dimensions,
                ordinalsMax,
                pages(
                        EngineFile.FLOATS,
                        Math.toIntExact(NativeRows.byteSize(dimensions, PagedRows.PAGE_ROWS)),
                        block -> NativeRows.over(dimensions, PagedRows.PAGE_ROWS, block)));
    }

    ByteCodeRows bytes() {
        return new ByteCodeRows(
                dimensions,
                ordinalsMax,
                pages(
                        EngineFile.BYTES,
                        BytePage.blockBytes(dimensions),
                        block -> BytePage.over(dimensions, block)));
    }

    /** Codes that had to be learned; null if there were none. */
    @Nullable LearnedRows learned() {
        if (learned == null) {
            return null;
        }
        int codeLength = learned.heads().codeLength();
        int words = learned.signs().words();
        return new LearnedRows(
                new HeadRows(
                        learned.heads(),
                        dimensions,
                        ordinalsMax,
                        pages(
                                EngineFile.HEADS,
                                HeadPage.blockBytes(codeLength),
                                block -> HeadPage.over(codeLength, block))),
                new SignRows(
                        learned.signs(),
                        ordinalsMax,
                        pages(
                                EngineFile.SIGNS,
                                SignBlock.byteSize(words),
                                block -> SignBlock.over(words, block))),
                null);
    }

    /** The plan that reaches a recall; null if none was found for it. */
    @Nullable SearchPlan plan(double targetRecall) {
        return learned != null && learned.targetRecall() == targetRecall ? learned.plan() : null;
    }

    Tended tended() {
        return tended;
    }

    private <P> StoredPages<P> pages(
            String section, int blockBytes, Function<MemorySegment, P> over) {
        BlockFile.Section stored = file.section(section, blockBytes, blocks);
        return new StoredPages<>(presence, p -> over.apply(stored.block(blockOf[p])));
    }
}
