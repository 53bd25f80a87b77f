package dev.vitrine.standalone.event;

/** Says that an event file cannot be read, in words for its owner. */
public final class EventFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventFileException(String message) {
        super(message);
    }

    EventFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
