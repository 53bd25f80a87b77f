package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in words for the user why Vitrine could not be started or has to end. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int TAIL_LINES = 20;

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Of a process that ended, or is not ready when patience is over: with what it said last. */
    static StartFailedException of(
            Part part, Process process, Path log, @Nullable Throwable cause) {
        return new StartFailedException(
                "%s %s. The end of %s:%n%s"
                        .formatted(
                                part.label(),
                                process.isAlive()
                                        ? "did not become ready"
                                        : "ended with status " + process.exitValue(),
                                log,
                                lastLines(log)),
                cause);
    }

    private static String lastLines(Path log) {
        try {
            return String.join("\n", LogTail.lastLines(log, TAIL_LINES));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
