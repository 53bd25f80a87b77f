package dev.vitrine.standalone.command;

/** What was asked could not be done; the message is for the user, the exit code is 1. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    /** Passes on what a lower layer says, which is for the user already. */
    CommandFailedException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
