package dev.vitrine.index.snapshot;

import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.index.vector.VectorStore;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes one file of a snapshot; big-endian, texts as UTF-8 with their length. */
public final class SnapshotOutput implements AutoCloseable {

    static final int MAGIC = 0x56545253;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final DataOutputStream out;

    SnapshotOutput(Path path) throws IOException {
        this.path = path;
        this.channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.out =
                new DataOutputStream(
                        new CheckedOutputStream(
                                new BufferedOutputStream(
                                        Channels.newOutputStream(channel), 1 << 16),
                                crc));
        out.writeInt(MAGIC);
        out.writeInt(SnapshotManifest.FORMAT);
    }

    public void count(int count) throws IOException {
        out.writeInt(count);
    }

    public void number(long number) throws IOException {
        out.writeLong(number);
    }

    public void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public void product(int ordinal, StoredProduct product) throws IOException {
        out.writeInt(ordinal);
        text(product.id());
        out.writeLong(product.version());
        out.writeLong(product.schemaVersion());
        text(product.semanticHash());
        text(product.textHash());
        bytes(product.document());
    }

    public void row(int ordinal, VectorStore.Row row) throws IOException {
        out.writeInt(ordinal);
        text(row.model());
        text(row.hash());
        out.writeLong(row.version());
    }

    public void embedding(Embedding embedding) throws IOException {
        text(embedding.model());
        text(embedding.hash());
        out.writeLong(embedding.version());
        ByteBuffer buffer = ByteBuffer.allocate(embedding.vector().length * Float.BYTES);
        buffer.asFloatBuffer().put(embedding.vector());
        bytes(buffer.array());
    }

    /** Forces everything to the disk; what the manifest says of the file. */
    SnapshotManifest.FileEntry finish() throws IOException {
        out.flush();
        channel.force(true);
        return new SnapshotManifest.FileEntry(
                path.getFileName().toString(), channel.position(), crc.getValue());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
