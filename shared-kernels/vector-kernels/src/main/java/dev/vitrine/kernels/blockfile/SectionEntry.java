package dev.vitrine.kernels.blockfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the directory says of a section.
 *
 * @param name up to {@value #NAME_BYTES} ASCII characters
 * @param blockBytes length of each block, without the zeros up to the next
 * @param offset where the first block begins
 * @param crcs CRC-32C of each block with the zeros behind it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record SectionEntry(String name, int blockBytes, long offset, int[] crcs) {

    static final int NAME_BYTES = 8;

    /** Blocks begin on multiples of this, as the kernels ask of rows. */
    static final int ALIGNMENT = 64;

    private static final int FIXED_BYTES = NAME_BYTES + 2 * Integer.BYTES + Long.BYTES;

    /** From the beginning of a block to that of the next. */
    long stride() {
        return stride(blockBytes);
    }

    static long stride(int blockBytes) {
        return Math.ceilDiv((long) blockBytes, ALIGNMENT) * ALIGNMENT;
    }

    static ByteBuffer encode(List<SectionEntry> sections) {
        int length = sections.stream().mapToInt(SectionEntry::encodedBytes).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        for (SectionEntry section : sections) {
            bytes.put(Arrays.copyOf(section.name.getBytes(StandardCharsets.US_ASCII), NAME_BYTES));
            bytes.putInt(section.blockBytes).putInt(section.crcs.length).putLong(section.offset);
            bytes.asIntBuffer().put(section.crcs);
            bytes.position(bytes.position() + section.crcs.length * Integer.BYTES);
        }
        return bytes.flip();
    }

    private int encodedBytes() {
        return FIXED_BYTES + crcs.length * Integer.BYTES;
    }

    /** Reads a directory whose checksum is right. */
    static List<SectionEntry> decode(ByteBuffer bytes) {
        List<SectionEntry> sections = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] name = new byte[NAME_BYTES];
            bytes.get(name);
            int blockBytes = bytes.getInt();
            int[] crcs = new int[bytes.getInt()];
            long offset = bytes.getLong();
            bytes.asIntBuffer().get(crcs);
            bytes.position(bytes.position() + crcs.length * Integer.BYTES);
            sections.add(
                    new SectionEntry(
                            new String(name, StandardCharsets.US_ASCII).trim(),
                            blockBytes,
                            offset,
                            crcs));
        }
        return sections;
    }
}
