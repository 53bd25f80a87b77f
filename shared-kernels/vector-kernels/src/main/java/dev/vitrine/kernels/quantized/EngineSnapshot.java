package dev.vitrine.kernels.quantized;

import dev.vitrine.kernels.blockfile.BlockFileWriter;
import dev.vitrine.kernels.paged.PagedRows;
import dev.vitrine.kernels.paged.PagedView;
import dev.vitrine.kernels.vector.NativeRows;
import dev.vitrine.kernels.vector.SignBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine as it was published at one moment, to be written to a file from which {@link
 * QuantizedVectorEngine#open} makes an equal one. Unchanging: changes go on while it is written.
 *
 * <p>The file holds rows, codes and what was learned, not the sample of queries.
 */
public final class EngineSnapshot {

    private final QuantizedSearch view;
    private final double targetRecall;
    private final Tended tended;

    EngineSnapshot(QuantizedSearch view, double targetRecall, Tended tended) {
        this.view = view;
        this.targetRecall = targetRecall;
        this.tended = tended;
    }

    /** What the file will hold, as it is searched now. */
    public QuantizedSearch view() {
        return view;
    }

    /**
     * Writes the file beside its place, forces it to the disk and renames it.
     *
     * @throws IOException when it cannot be written; what was there before is still there, and
     *     nothing else
     */
    public void write(Path path) throws IOException {
        try (BlockFileWriter out = new BlockFileWriter(path)) {
            writePresence(out, EngineFile.PRESENCE, view.floats());
            writeBytes(out, EngineFile.TENDED, EngineFile.encode(tended::write));
            PagedView<BytePage> bytes = view.bytes();
            int dimensions = view.dimensions();
            writePages(
                    out,
                    EngineFile.FLOATS,
                    Math.toIntExact(NativeRows.byteSize(dimensions, PagedRows.PAGE_ROWS)),
                    view.floats(),
                    (page, block) -> block.put(page.bytes().asByteBuffer()));
            writePages(
                    out, EngineFile.BYTES, BytePage.blockBytes(dimensions), bytes, BytePage::write);
            writeLearned(out, view.heads(), view.signs());
            out.finish(dimensions, view.rowCount());
        }
    }

    private void writeLearned(
            BlockFileWriter out, @Nullable HeadView heads, @Nullable SignView signs)
            throws IOException {
        if (heads == null || signs == null) {
            return;
        }
        LearnedState learned =
                new LearnedState(heads.encoder(), signs.encoder(), signs.plan(), targetRecall);
        writeBytes(out, EngineFile.LEARNED, EngineFile.encode(learned::write));
        writePages(
                out,
                EngineFile.HEADS,
                HeadPage.blockBytes(heads.encoder().codeLength()),
                heads.pages(),
                HeadPage::write);
        writePages(
                out,
                EngineFile.SIGNS,
                SignBlock.byteSize(signs.encoder().words()),
                signs.pages(),
                (page, block) -> block.put(page.bytes().asByteBuffer()));
        writeClusters(out, signs.encoder().words(), signs.clusters());
    }

    private static void writeClusters(
            BlockFileWriter out, int words, @Nullable ClusterView clusters) throws IOException {
        if (clusters == null) {
            return;
        }
        writePresence(out, EngineFile.SLOTS, clusters.pages());
        writePages(
                out,
                EngineFile.CENTROIDS,
                CentroidPage.blockBytes(words),
                clusters.centroids(),
                CentroidPage::write);
        writePages(
                out,
                EngineFile.CLUSTERS,
                ClusterPage.blockBytes(words),
                clusters.pages(),
                ClusterPage::write);
    }

    private static void writePresence(BlockFileWriter out, String section, PagedView<?> pages)
            throws IOException {
        int count = pages.pageCount();
        if (count == 0) {
            return;
        }
        out.section(section, count * Long.BYTES);
        out.block(block -> {
            for (int p = 0; p < count; p++) {
                block.putLong(pages.presenceWord(p));
            }
        });
    }

    private static void writeBytes(BlockFileWriter out, String section, byte[] bytes)
            throws IOException {
        out.section(section, bytes.length);
        out.block(block -> block.put(bytes));
    }

    private static <P> void writePages(
            BlockFileWriter out,
            String section,
            int blockBytes,
            PagedView<P> pages,
            BiConsumer<P, ByteBuffer> write)
            throws IOException {
        out.section(section, blockBytes);
        for (int p = 0; p < pages.pageCount(); p++) {
            P page = pages.presenceWord(p) == 0 ? null : pages.page(p);
            if (page != null) {
                out.block(block -> write.accept(page, block));
            }
        }
    }
}
