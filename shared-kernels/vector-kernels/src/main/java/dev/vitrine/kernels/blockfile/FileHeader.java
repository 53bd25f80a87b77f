package dev.vitrine.kernels.blockfile;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a file. Magic number, format and the checksum in the last four
 * bytes are at these places in every format, so that a newer file is told from a damaged one.
 *
 * @param dimensions number of components of every row
 * @param rows number of rows
 * @param fileBytes length of the whole file
 * @param directoryAt where the directory begins; it reaches to the end
 * @param directoryCrc its CRC-32C
 */
record FileHeader(int dimensions, long rows, long fileBytes, long directoryAt, int directoryCrc) {

    static final int BYTES = 64;

    /** The present format. */
    static final int FORMAT = 4;

    /** "vtrnvec" and a zero; reads differently in the other byte order, which is so refused. */
    private static final long MAGIC = 0x7674_726e_7665_6300L;

    private static final int CRC_AT = BYTES - Integer.BYTES;

    /** The header as bytes, ready to be written. */
    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(MAGIC).putInt(FORMAT).putInt(dimensions).putLong(rows);
        bytes.putLong(fileBytes).putLong(directoryAt).putInt(directoryCrc);
        bytes.putInt(CRC_AT, crc(bytes.slice(0, CRC_AT)));
        return bytes.clear();
    }

    /** Reads and checks the header of a file that is as long as its mapping. */
    static FileHeader of(Path path, MemorySegment file) {
        if (file.byteSize() < BYTES) {
            throw new UnusableFileException(
                    path, "it has " + file.byteSize() + " bytes, a header alone has " + BYTES);
        }
        ByteBuffer bytes = file.asSlice(0, BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
        if (bytes.getLong() != MAGIC) {
            throw new UnusableFileException(path, "it does not begin as such a file does");
        }
        if (bytes.getInt(CRC_AT) != crc(bytes.slice(0, CRC_AT))) {
            throw new UnusableFileException(path, "its header does not have its checksum");
        }
        int format = bytes.getInt();
        if (format != FORMAT) {
            throw new UnusableFileException(
                    path, "it has format " + format + ", this version reads " + FORMAT);
        }
        FileHeader header =
                new FileHeader(
                        bytes.getInt(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getInt());
        if (header.fileBytes != file.byteSize()) {
            throw new UnusableFileException(
                    path, "it has " + file.byteSize() + " of " + header.fileBytes + " bytes");
        }
        return header;
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
