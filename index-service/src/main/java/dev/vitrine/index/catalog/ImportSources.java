package dev.vitrine.index.catalog;

import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Finds out what the bytes of an import are. Thread-safe. */
final class ImportSources {

    private static final int SNIFFED = 8 * 1024;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final ImportProperties properties;

    ImportSources(ImportProperties properties) {
        this.properties = properties;
    }

    /**
     * The lines of a body.
     *
     * @throws ProblemException with UNSUPPORTED_MEDIA_TYPE, or IMPORT_BROKEN_OFF for damaged gzip
     */
    ImportSource open(InputStream bytes, ImportSpec spec) throws IOException {
        int maxLine = Math.toIntExact(properties.maxLineSize().toBytes());
        BufferedInputStream body = decompressed(bytes);
        // A window one byte larger than the longest line shows whether the line is too long.
        return switch (spec.mediaType()) {
            case "text/csv", "application/csv", "text/tab-separated-values" ->
                    new CsvSource(
                            new LineBuffer(body, maxLine + 1),
                            spec.mediaType().startsWith("text/tab") ? '\t' : spec.separator(),
                            maxLine);
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/json" ->
                    new NdjsonSource(new LineBuffer(body, maxLine + 1), maxLine);
            default -> {
                if (!looksLikeJson(body)) {
                    throw new ProblemException(
                            CommonErrors.UNSUPPORTED_MEDIA_TYPE,
                            "send application/x-ndjson or text/csv");
                }
                yield new NdjsonSource(new LineBuffer(body, maxLine + 1), maxLine);
            }
        };
    }

    /** The body, decompressed if its first bytes say so; nobody's header has to be right. */
    private BufferedInputStream decompressed(InputStream bytes) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(bytes, SNIFFED);
        raw.mark(2);
        boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
        raw.reset();
        InputStream plain = raw;
        if (gzip) {
            try {
                plain = new WholeGzipInputStream(raw, SNIFFED);
            } catch (IOException e) {
                throw new ProblemException(
                        WriterErrors.IMPORT_BROKEN_OFF, "the gzip header is damaged", e);
            }
        }
        return new BufferedInputStream(
                new LimitedInputStream(plain, properties.maxBodySize().toBytes()), SNIFFED);
    }

    /** Whether the first thing in the body is an object; an empty body counts as well. */
    private static boolean looksLikeJson(BufferedInputStream body) throws IOException {
        body.mark(SNIFFED);
        int first;
        int read = 0;
        do {
            first = body.read();
            read++;
        } while (read < SNIFFED - 1 && isPadding(first));
        body.reset();
        return first == '{' || first < 0;
    }

    private static boolean isPadding(int b) {
        // White space, or a byte of the byte order mark.
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0xEF || b == 0xBB
                || b == 0xBF;
    }
}
