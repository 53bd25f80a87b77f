package dev.vitrine.index.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window over a stream in which lines are looked for. It grows up to a limit, so that a caller
 * can go back to the start of what it has not accepted yet. One thread.
 */
final class LineBuffer {

    private static final int FIRST_SIZE = 64 * 1024;

    private final InputStream input;
    private final int limit;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int start;
    private int end;
    private long line = 1;

    /**
     * @param input where the bytes come from
     * @param limit most bytes from the start of a line that can be seen at once
     */
    LineBuffer(InputStream input, int limit) {
        this.input = input;
        this.limit = limit;
    }

    /** Bytes that can be seen now. */
    int length() {
        return end - start;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    /** Number of the line that the window begins with, from 1. */
    long line() {
        return line;
    }

    /** Whether the window may not grow any more. */
    boolean full() {
        return length() >= limit;
    }

    /**
     * Reads more.
     *
     * @return false at the end of the stream
     */
    boolean fill() throws IOException {
        if (end == bytes.length) {
            if (start > 0) {
                System.arraycopy(bytes, start, bytes, 0, length());
                end -= start;
                start = 0;
            } else {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
        }
        int read = input.read(bytes, end, bytes.length - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }

    /** Text of the first bytes, without a line end. */
    String text(int length) {
        int to = start + length;
        if (length > 0 && bytes[to - 1] == '\n') {
            to--;
        }
        if (to > start && bytes[to - 1] == '\r') {
            to--;
        }
        return Utf8.decode(bytes, start, to);
    }

    /** Lets the first bytes go. */
    void accept(int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        start += length;
    }

    /**
     * Length of the first physical line with its line end, reading as far as needed.
     *
     * @return the length; the whole window when no line end was found within the limit or before
     *     the end of the stream
     */
    int physicalLine() throws IOException {
        int i = 0;
        while (true) {
            for (; i < length(); i++) {
                if (at(i) == '\n') {
                    return i + 1;
                }
            }
            if (full() || !fill()) {
                return length();
            }
        }
    }

    /** Lets everything go up to and including the next line end. */
    void skipLine() throws IOException {
        while (true) {
            for (int i = 0; i < length(); i++) {
                if (at(i) == '\n') {
                    accept(i + 1);
                    return;
                }
            }
            accept(length());
            if (!fill()) {
                return;
            }
        }
    }
}
