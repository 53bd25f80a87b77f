package dev.vitrine.kernels.blockfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a file of blocks: sections one after another, in each some blocks of one length. Used by
 * one thread.
 *
 * <p>The file is written beside its place, forced to the disk and renamed by {@link #finish}; a
 * file that was there before stays until then, and for those who have it mapped also afterwards.
 * Closed without {@code finish}, as after an error, it leaves nothing behind.
 */
public final class BlockFileWriter implements AutoCloseable {

    /*
     *   header       64 bytes, written last
     *   blocks       each from a multiple of 64 on, zeros in between
     *   directory    name, place and length of each section and the CRC-32C of each block
     *
     * All numbers are in native byte order, because rows are used where they lie.
     */

    private final Path target;
    private final Path beside;
    private final FileChannel channel;
    private final List<SectionEntry> sections = new ArrayList<>();

    private String name = "";
    private int blockBytes;
    private long offset;
    private int[] crcs = new int[0];
    private int blocks;
    private ByteBuffer staging = ByteBuffer.allocate(0);

    /**
     * Begins a file.
     *
     * @param target its place
     */
    public BlockFileWriter(Path target) throws IOException {
        this.target = target;
        this.beside = target.resolveSibling(target.getFileName() + ".tmp");
        this.channel =
                FileChannel.open(
                        beside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        channel.position(FileHeader.BYTES);
    }

    /**
     * Begins a section.
     *
     * @param sectionName one to eight ASCII letters, in this file only once
     * @param length length of each of its blocks in bytes, 1 or more
     */
    public void section(String sectionName, int length) throws IOException {
        endSection();
        name = sectionName;
        blockBytes = length;
        offset = channel.position();
        blocks = 0;
        staging =
                ByteBuffer.allocateDirect(Math.toIntExact(SectionEntry.stride(length)))
                        .order(ByteOrder.nativeOrder());
    }

    /**
     * Writes the next block of the section.
     *
     * @param content puts as many bytes as a block of this section has into the buffer, which is in
     *     native byte order
     */
    public void block(Consumer<ByteBuffer> content) throws IOException {
        // The checksum is that of this copy: rows that no view shows may be written meanwhile.
        content.accept(staging.clear());
        if (staging.position() != blockBytes) {
            throw new IllegalArgumentException(
                    staging.position()
                            + " bytes for a block of "
                            + blockBytes
                            + " in section "
                            + name);
        }
        staging.clear();
        if (blocks == crcs.length) {
            crcs = Arrays.copyOf(crcs, Math.max(16, blocks * 2));
        }
        crcs[blocks++] = FileHeader.crc(staging.duplicate());
        write(staging);
    }

    /**
     * Ends the file, forces it to the disk and puts it into its place.
     *
     * @param dimensions number of components of every row
     * @param rows number of rows
     */
    public void finish(int dimensions, long rows) throws IOException {
        endSection();
        ByteBuffer directory = SectionEntry.encode(sections);
        long at = channel.position();
        long length = at + directory.remaining();
        int crc = FileHeader.crc(directory.duplicate());
        write(directory);
        channel.position(0);
        write(new FileHeader(dimensions, rows, length, at, crc).encode());
        channel.force(true);
        channel.close();
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder =
                FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Removes what was written unless the file was finished. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(beside);
    }

    private void endSection() {
        if (!name.isEmpty()) {
            sections.add(new SectionEntry(name, blockBytes, offset, Arrays.copyOf(crcs, blocks)));
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
