package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the end of a log file, and what is added to it later. Not for several threads. */
public final class LogTail {
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private long position;

    private LogTail(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** Yields only what is written from now on; the file need not exist yet. */
    public static LogTail fromEndOf(Path file) throws IOException {
        return new LogTail(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /**
     * The whole lines added since the last call. A file that was replaced is read from its start.
     */
    public List<String> next() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) < position) {
            position = 0;
        }
        byte[] added = read(file, position);
        int end = added.length;
        while (end > 0 && added[end - 1] != '\n') {
            end--;
        }
        position += end;
        return new String(added, 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    /** The last lines of a file; none when it does not exist. */
    public static List<String> lastLines(Path file, int count) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] end = read(file, Math.max(0, Files.size(file) - MOST_BYTES));
        List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static byte[] read(Path file, long from) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, in.length() - from))];
            in.readFully(bytes);
            return bytes;
        }
    }
}
