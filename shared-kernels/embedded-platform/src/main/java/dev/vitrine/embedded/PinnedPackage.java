package dev.vitrine.embedded;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A Debian package that is known to the byte: wherever it comes from, it is the same one.
 *
 * @param title what it is called in messages, e.g. "pgvector's package"
 * @param pool folder in a Debian archive, with slashes around it
 * @param file file name in that folder
 * @param sha256 in lower-case hexadecimal
 * @param bytesMax more is not read
 * @param patience for all addresses together
 */
public record PinnedPackage(
        String title, String pool, String file, String sha256, long bytesMax, Duration patience) {

    boolean is(byte[] content) {
        return sha256(content).equals(sha256);
    }

    byte[] verified(byte[] content, String origin) throws IOException {
        if (!is(content)) {
            throw new IOException(
                    origin + " has SHA-256 " + sha256(content) + " but " + sha256 + " is expected");
        }
        return content;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
