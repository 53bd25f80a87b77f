package dev.vitrine.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * What came back.
 *
 * @param status HTTP status
 * @param bytes holds the body; belongs to the connection and is overwritten by its next answer
 * @param length bytes of the body, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record HttpAnswer(int status, byte[] bytes, int length) {

    /** The body as text. */
    public String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Whether the body ends so (ASCII). */
    public boolean endsWith(String end) {
        int at = length - end.length();
        for (int i = 0; at >= 0 && i < end.length(); i++) {
            if (bytes[at + i] != end.charAt(i)) {
                return false;
            }
        }
        return at >= 0;
    }
}
