package dev.vitrine.standalone.deadletter;

/** The broker did not do what was asked; the message is for the user. */
public final class DeadLetterException extends Exception {

    private static final long serialVersionUID = 1L;

    DeadLetterException(String message) {
        super(message);
    }

    DeadLetterException(String message, Throwable cause) {
        super(message, cause);
    }
}
