package dev.vitrine.standalone.runtime;

/** Says in words for the user why Vitrine could not be started or has to end. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
