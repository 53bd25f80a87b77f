package dev.vitrine.standalone.event;

import dev.vitrine.standalone.source.Decompression;
import dev.vitrine.standalone.source.ProductFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of events, plain, gzip or zstd, in UTF-8.
 *
 * @param name for messages
 * @param opener opens its raw bytes once more
 */
public record EventFile(String name, ProductFile.Opener opener) {

    /** A file of the file system. */
    public static EventFile at(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new EventFileException(path + " is not a file");
        }
        return new EventFile(path.toString(), () -> Files.newInputStream(path));
    }

    /** Opens it at its start. */
    BufferedReader reader() {
        try {
            return new BufferedReader(
                    new InputStreamReader(Decompression.open(opener), StandardCharsets.UTF_8),
                    1 << 16);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    EventFileException unreadable(Exception why) {
        return new EventFileException(name + " cannot be read: " + why.getMessage(), why);
    }
}
