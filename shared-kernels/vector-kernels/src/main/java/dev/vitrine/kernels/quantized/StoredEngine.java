package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.BlockFile;
import dev.vitrine.kernels.exact.FloatRows;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.StoredPages;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Makes the parts of an engine from the file that {@link EngineSnapshot} wrote. */
final class StoredEngine {

    private final BlockFile file;
    private final int dimensions;
    private final int ordinalsMax;
    private final PageBlocks rows;
    private final Tended tended;
    private final @Nullable LearnedState learned;

    private StoredEngine(BlockFile file, int ordinalsMax) throws IOException {
        this.file = file;
        this.dimensions = file.dimensions();
        this.ordinalsMax = ordinalsMax;
        this.rows = PageBlocks.of(presence(file, EngineFile.PRESENCE));
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
        int ordinalLimit = PagedRows.ordinalLimit(stored.rows.presence());
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
                rows.in(
                        file,
                        EngineFile.FLOATS,
                        Math.toIntExact(NativeRows.byteSize(dimensions, PagedRows.PAGE_ROWS)),
                        block -> NativeRows.over(dimensions, PagedRows.PAGE_ROWS, block)));
    }

    ByteCodeRows bytes() {
        return new ByteCodeRows(
                dimensions,
                ordinalsMax,
                rows.in(
                        file,
                        EngineFile.BYTES,
                        BytePage.blockBytes(dimensions),
                        block -> BytePage.over(dimensions, block)));
    }

    /**
     * Codes that had to be learned; null if there were none.
     *
     * @param floats the rows they are of
     */
    @Nullable LearnedRows learned(FloatRows floats) {
        if (learned == null) {
            return null;
        }
        int codeLength = learned.heads().codeLength();
        int words = learned.signs().words();
        SignRows signs =
                new SignRows(
                        learned.signs(),
                        ordinalsMax,
                        rows.in(
                                file,
                                EngineFile.SIGNS,
                                SignBlock.byteSize(words),
                                block -> SignBlock.over(words, block)));
        signs.publish().readAll();
        return new LearnedRows(
                new HeadRows(
                        learned.heads(),
                        dimensions,
                        ordinalsMax,
                        rows.in(
                                file,
                                EngineFile.HEADS,
                                HeadPage.blockBytes(codeLength),
                                block -> HeadPage.over(codeLength, block))),
                signs,
                file.has(EngineFile.CLUSTERS) ? clusters(learned.signs(), floats) : null);
    }

    private ClusterRows clusters(SignEncoder encoder, FloatRows floats) {
        int words = encoder.words();
        PageBlocks slots = PageBlocks.of(presence(file, EngineFile.SLOTS));
        // To the pages of centroids, a cluster with rows is a row.
        BitSet used = new BitSet();
        for (int cluster = 0; cluster < slots.presence().length; cluster++) {
            used.set(cluster, slots.presence()[cluster] != 0);
        }
        StoredPages<CentroidPage> centroids =
                PageBlocks.of(used.toLongArray())
                        .in(
                                file,
                                EngineFile.CENTROIDS,
                                CentroidPage.blockBytes(words),
                                block -> CentroidPage.over(words, block));
        StoredPages<ClusterPage> pages =
                slots.in(
                        file,
                        EngineFile.CLUSTERS,
                        ClusterPage.blockBytes(words),
                        block -> ClusterPage.over(words, block));
        ClusterRows clusters = new ClusterRows(encoder, floats, centroids, pages);
        if (!clusters.holdOnce(floats.current())) {
            throw file.unusable("its clusters do not hold each of its rows once");
        }
        return clusters;
    }

    /** The plan that reaches a recall; null if none was found for it. */
    @Nullable SearchPlan plan(double targetRecall) {
        return learned != null && learned.targetRecall() == targetRecall ? learned.plan() : null;
    }

    Tended tended() {
        return tended;
    }

    private static long[] presence(BlockFile file, String section) {
        return file.has(section)
                ? file.section(section).block(0).toArray(ValueLayout.JAVA_LONG)
                : new long[0];
    }
}
