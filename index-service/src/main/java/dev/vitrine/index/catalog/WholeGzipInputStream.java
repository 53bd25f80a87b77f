package dev.vitrine.index.catalog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Gzip of one or several members that does not end where its source failed: Java's own takes every
 * error between two members for the end.
 */
final class WholeGzipInputStream extends GZIPInputStream {

    private final Source source;

    WholeGzipInputStream(InputStream compressed, int bufferSize) throws IOException {
        this(new Source(compressed), bufferSize);
    }

    private WholeGzipInputStream(Source source, int bufferSize) throws IOException {
        super(source, bufferSize);
        this.source = source;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        IOException failure = source.failure;
        if (read < 0 && failure != null) {
            throw failure;
        }
        return read;
    }

    /** Remembers why it could not be read further. */
    private static final class Source extends FilterInputStream {

        private @Nullable IOException failure;

        Source(InputStream compressed) {
            super(compressed);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
