package dev.vitrine.benchmarks.vectors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * Rows of float32 in a mapped file. Two formats, told apart by the name: {@code .fvecs} has the
 * number of components as a little-endian int32 before each row; everything else is rows and
 * nothing more, little-endian, so that the number of components must be known. Safe for all threads
 * until closed.
 */
public final class RowFile implements AutoCloseable {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final MemorySegment bytes;
    private final int dimensions;
    private final int header;
    private final int count;

    private RowFile(Arena arena, MemorySegment bytes, int dimensions, int header, int count) {
        this.arena = arena;
        this.bytes = bytes;
        this.dimensions = dimensions;
        this.header = header;
        this.count = count;
    }

    /**
     * Opens a file.
     *
     * @param dimensions components of a row
     * @param limit rows to use, from the first on; all when there are fewer
     * @throws IOException when the file cannot be read or is not made of rows of that length
     */
    public static RowFile open(Path file, int dimensions, int limit) throws IOException {
        int header = file.toString().endsWith(".fvecs") ? Integer.BYTES : 0;
        long rowBytes = header + (long) dimensions * Float.BYTES;
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size == 0 || size % rowBytes != 0) {
                throw new IOException(
                        file + " has " + size + " bytes, no whole number of rows of " + rowBytes);
            }
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, size, arena);
            if (header > 0 && bytes.get(INT, 0) != dimensions) {
                throw new IOException(
                        file + " has rows of " + bytes.get(INT, 0) + ", not " + dimensions);
            }
            int count = (int) Math.min(limit, size / rowBytes);
            return new RowFile(arena, bytes, dimensions, header, count);
        } catch (IOException failed) {
            arena.close();
            throw failed;
        }
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Components of a row. */
    public int dimensions() {
        return dimensions;
    }

    /** A copy of a row. */
    public float[] row(int index) {
        float[] row = new float[dimensions];
        copy(index, row);
        return row;
    }

    /** Copies a row into an array of {@link #dimensions()} components. */
    public void copy(int index, float[] target) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index + " of " + count + " rows");
        }
        long at = index * (header + (long) dimensions * Float.BYTES) + header;
        MemorySegment.copy(bytes, FLOAT, at, target, 0, dimensions);
    }

    /** Copies of all rows. */
    public float[][] rows() {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = row(i);
        }
        return rows;
    }

    @Override
    public void close() {
        arena.close();
    }
}
