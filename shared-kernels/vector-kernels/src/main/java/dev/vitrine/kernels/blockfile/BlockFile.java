package dev.vitrine.kernels.blockfile;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of blocks, mapped read-only; unchanging, for any number of threads.
 *
 * <p>Header and directory are checked when it is opened, each block whenever it is asked for. The
 * mapping belongs to an automatic arena: it goes when the collector finds that neither this object
 * nor a block from it is held. Until then the file may be renamed, replaced or deleted, but its
 * bytes must not be changed and it must not be cut: pages that are read from the disk again are not
 * checked again, and pages that are not there any more end the process.
 */
public final class BlockFile {

    private final Path path;
    private final MemorySegment file;
    private final FileHeader header;
    private final Map<String, Section> sections = new HashMap<>();

    private BlockFile(Path path, MemorySegment file) {
        this.path = path;
        this.file = file;
        this.header = FileHeader.of(path, file);
        ByteBuffer directory =
                file.asSlice(header.directoryAt()).asByteBuffer().order(ByteOrder.nativeOrder());
        if (FileHeader.crc(directory.duplicate()) != header.directoryCrc()) {
            throw unusable("its directory does not have its checksum");
        }
        for (SectionEntry entry : SectionEntry.decode(directory)) {
            sections.put(entry.name(), new Section(entry));
        }
    }

    /**
     * Maps a file and checks its header and directory.
     *
     * @throws UnusableFileException when they are damaged or of another format
     * @throws IOException when the file cannot be read
     */
    public static BlockFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new BlockFile(
                    path,
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        }
    }

    /** Number of components of every row. */
    public int dimensions() {
        return header.dimensions();
    }

    /** Number of rows. */
    public long rows() {
        return header.rows();
    }

    /** Whether there is a section of this name. */
    public boolean has(String name) {
        return sections.containsKey(name);
    }

    /** The section of this name; a file without it is refused. */
    public Section section(String name) {
        Section section = sections.get(name);
        if (section == null) {
            throw unusable("it has no section " + name);
        }
        return section;
    }

    /** A section of this shape; a file where it has another is refused. */
    public Section section(String name, int blockBytes, int blocks) {
        Section section = section(name);
        if (section.entry.blockBytes() != blockBytes || section.entry.crcs().length != blocks) {
            throw unusable(
                    "its section %s has %d blocks of %d bytes instead of %d of %d"
                            .formatted(
                                    name,
                                    section.entry.crcs().length,
                                    section.entry.blockBytes(),
                                    blocks,
                                    blockBytes));
        }
        return section;
    }

    /** To be thrown where the file is not what its reader expects. */
    public UnusableFileException unusable(String reason) {
        return new UnusableFileException(path, reason);
    }

    /** Blocks of one length. */
    public final class Section {

        private final SectionEntry entry;

        private Section(SectionEntry entry) {
            this.entry = entry;
        }

        /**
         * A block, from a multiple of 64 bytes on and read-only.
         *
         * @throws UnusableFileException when it is damaged
         */
        public MemorySegment block(int index) {
            MemorySegment block =
                    file.asSlice(entry.offset() + index * entry.stride(), entry.stride());
            if (FileHeader.crc(block.asByteBuffer()) != entry.crcs()[index]) {
                throw unusable(
                        "block " + index + " of " + entry.name() + " does not have its checksum");
            }
            return block.asSlice(0, entry.blockBytes());
        }
    }
}
