package dev.vitrine.index.catalog;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the result lines of an import until its body has been read: in memory, and beyond a size in
 * a temporary file. A client that sends everything before it reads would otherwise wait for us
 * while we wait for it. One thread.
 */
final class ResultSpool implements AutoCloseable {

    private final long memory;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream tail;

    ResultSpool(long memory) {
        this.memory = memory;
    }

    void write(byte[] line) throws IOException {
        OutputStream overflow = tail;
        if (overflow == null && head.size() + line.length > memory) {
            Path created = Files.createTempFile("vitrine-import-", ".ndjson");
            file = created;
            overflow = new BufferedOutputStream(Files.newOutputStream(created), 64 * 1024);
            tail = overflow;
        }
        OutputStream to = overflow == null ? head : overflow;
        to.write(line);
        to.write('\n');
    }

    /** Copies everything; nothing may be written after it. */
    void copyTo(OutputStream output) throws IOException {
        head.writeTo(output);
        if (file != null) {
            closeTail();
            Files.copy(file, output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeTail();
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void closeTail() throws IOException {
        if (tail != null) {
            tail.close();
        }
    }
}
