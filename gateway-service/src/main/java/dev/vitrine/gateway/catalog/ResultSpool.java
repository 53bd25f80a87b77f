package dev.vitrine.gateway.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pipe between one writing and one reading thread that holds what is not read yet in a temporary
 * file, up to a bound.
 *
 * <p>Most HTTP clients read an answer only after they have sent their whole request. An index that
 * answers line by line would then block on its full socket, stop reading, and the import would
 * stand still for ever.
 */
final class ResultSpool implements AutoCloseable {

    /** The writing side did not come to its end. */
    static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenOffException(IOException cause) {
            super(cause);
        }
    }

    private static final int CHUNK = 32 * 1024;

    private final FileChannel file;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private long read;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;

    /**
     * @param limit most bytes that are held unread
     */
    ResultSpool(long limit) throws IOException {
        this.limit = limit;
        Path path = Files.createTempFile("vitrine-import-", ".results");
        this.file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Writes the stream to its end; one thread. */
    void fill(InputStream results) {
        try {
            byte[] chunk = new byte[CHUNK];
            int length;
            while ((length = results.read(chunk)) >= 0) {
                if (!awaitRoom()) {
                    return;
                }
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, length);
                long position = written;
                while (buffer.hasRemaining()) {
                    position += file.write(buffer, position);
                }
                advance(position);
            }
            end(null);
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(new IOException("interrupted", e));
        }
    }

    /** Copies everything to the stream until the writer has ended; one thread. */
    void drainTo(OutputStream client) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        long end;
        while ((end = awaitData()) > read) {
            while (read < end) {
                int wanted = (int) Math.min(CHUNK, end - read);
                int length = file.read(ByteBuffer.wrap(chunk, 0, wanted), read);
                client.write(chunk, 0, length);
                consumed(length);
            }
            client.flush();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        file.close();
    }

    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (written - read > limit && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The number of bytes written when there is something new, or at the end. */
    private long awaitData() throws IOException, InterruptedException {
        lock.lock();
        try {
            while (written == read && !ended) {
                changed.await();
            }
            if (written == read && failure != null) {
                throw new BrokenOffException(failure);
            }
            return written;
        } finally {
            lock.unlock();
        }
    }

    private void advance(long position) {
        lock.lock();
        try {
            written = position;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void consumed(int length) {
        lock.lock();
        try {
            read += length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable IOException cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
