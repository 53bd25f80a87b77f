package dev.vitrine.index.snapshot;

import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.index.vector.VectorStore;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads what {@link SnapshotOutput} wrote, after the whole file was checked: a damaged file is
 * refused before its first value is used.
 */
public final class SnapshotInput implements AutoCloseable {

    private final DataInputStream in;
    private final long length;

    SnapshotInput(Path path, SnapshotManifest.FileEntry entry)
            throws IOException, CorruptSnapshotException {
        this.length = entry.bytes();
        if (!Files.isRegularFile(path) || Files.size(path) != entry.bytes()) {
            throw new CorruptSnapshotException(
                    path + " is missing or does not have " + entry.bytes() + " bytes");
        }
        CRC32C crc = new CRC32C();
        try (InputStream checked = new CheckedInputStream(Files.newInputStream(path), crc)) {
            checked.transferTo(OutputStream.nullOutputStream());
        }
        if (crc.getValue() != entry.crc()) {
            throw new CorruptSnapshotException(path + " does not have its checksum");
        }
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
        if (in.readInt() != SnapshotOutput.MAGIC || in.readInt() != SnapshotManifest.FORMAT) {
            in.close();
            throw new CorruptSnapshotException(path + " is no snapshot of this format");
        }
    }

    public int count() throws IOException {
        return in.readInt();
    }

    public long number() throws IOException {
        return in.readLong();
    }

    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private byte[] bytes() throws IOException {
        int size = in.readInt();
        if (size < 0 || size > length) {
            throw new EOFException("a value of " + size + " bytes in a file of " + length);
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        return bytes;
    }

    public StoredProduct product() throws IOException {
        return new StoredProduct(text(), in.readLong(), in.readLong(), text(), text(), bytes());
    }

    public VectorStore.Row row() throws IOException {
        return new VectorStore.Row(text(), text(), in.readLong());
    }

    public Embedding embedding() throws IOException {
        String model = text();
        String hash = text();
        long version = in.readLong();
        byte[] bytes = bytes();
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return new Embedding(model, hash, version, vector);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
