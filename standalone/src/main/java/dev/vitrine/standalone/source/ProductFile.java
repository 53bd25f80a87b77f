package dev.vitrine.standalone.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of products whose compression and form are found out by looking into it, not by its name.
 *
 * <p>Immutable; every reader opened from it is independent and closed by its user.
 */
public final class ProductFile {
    private static final int HEAD_BYTES = 256 * 1024;

    private final String name;
    private final Opener opener;
    private final FileFormat format;
    private final @Nullable CsvDialect dialect;

    private ProductFile(
            String name, Opener opener, FileFormat format, @Nullable CsvDialect dialect) {
        this.name = name;
        this.opener = opener;
        this.format = format;
        this.dialect = dialect;
    }

    /** Opens the raw bytes of the file once more. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** Looks into a file. */
    public static ProductFile at(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ProductFileException(path + " is not a file");
        }
        return of(path.toString(), () -> Files.newInputStream(path));
    }

    /** Looks into whatever the opener yields; the name is for messages. */
    public static ProductFile of(String name, Opener opener) {
        try (InputStream in = Decompression.open(opener)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            FileFormat format = formatOf(name, head);
            return new ProductFile(
                    name,
                    opener,
                    format,
                    format == FileFormat.CSV
                            ? CsvDialect.detect(head, head.length == HEAD_BYTES)
                            : null);
        } catch (NoSuchFileException missing) {
            throw new ProductFileException(name + " does not exist", missing);
        } catch (IOException unreadable) {
            throw new ProductFileException(
                    name + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    public String name() {
        return name;
    }

    public FileFormat format() {
        return format;
    }

    /** The dialect; present exactly for CSV. */
    public Optional<CsvDialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** Opens the decompressed text at its start, after a byte order mark if there is one. */
    BufferedReader reader() {
        try {
            // A replaced character would be a silent change of the shop's data, ids among it.
            CharsetDecoder strict =
                    charset()
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT);
            return new BufferedReader(
                    new InputStreamReader(Decompression.open(opener), strict), 1 << 16);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Charset charset() {
        return dialect == null ? StandardCharsets.UTF_8 : dialect.charset();
    }

    /**
     * What to say when reading failed.
     *
     * @param where it did, with a blank before it; may be empty
     */
    ProductFileException unreadable(String where, Exception why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ProductFileException(
                "%s cannot be read%s: %s"
                        .formatted(
                                name,
                                where,
                                root instanceof CharacterCodingException
                                        ? "it is not all " + charset()
                                        : why.getMessage()),
                why);
    }

    private static FileFormat formatOf(String name, byte[] head) {
        int start = 0;
        while (start < head.length && Character.isWhitespace(head[start])) {
            start++;
        }
        if (start == head.length) {
            throw new ProductFileException(name + " is empty");
        }
        if (head[start] == '[') {
            throw new ProductFileException(
                    name + " is one JSON array; one product a line (NDJSON) or CSV is expected");
        }
        if (head[start] != '{') {
            return FileFormat.CSV;
        }
        int end = start;
        while (end < head.length && head[end] != '\n') {
            end++;
        }
        String firstLine = new String(head, start, end - start, StandardCharsets.UTF_8);
        return FeedLine.isOne(firstLine) ? FileFormat.FEED : FileFormat.NDJSON;
    }
}
