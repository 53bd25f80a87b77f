package dev.vitrine.index.snapshot;

/** A snapshot is not what its manifest says. */
public final class CorruptSnapshotException extends Exception {

    private static final long serialVersionUID = 1L;

    CorruptSnapshotException(String message) {
        super(message);
    }

    CorruptSnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
