package dev.vitrine.embedded;

/** Says why an embedded server could not be started or stopped, in words fit for the user. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Stable codes; a caller branches on these, never on the message. */
    public enum Code {
        /** The operating system or processor has no binaries here. */
        PLATFORM_UNSUPPORTED,
        /** Another live process uses the data directory. */
        PLATFORM_DIRECTORY_IN_USE,
        /** The data directory holds something that this version must not touch. */
        PLATFORM_DIRECTORY_UNUSABLE,
        /** Somebody else listens on the port that was asked for. */
        PLATFORM_PORT_IN_USE,
        /** The server was started and did not become ready. */
        PLATFORM_START_FAILED,
        /** The server did not stop in time. */
        PLATFORM_STOP_FAILED
    }

    private final Code code;

    PlatformException(Code code, String message) {
        super(message);
        this.code = code;
    }

    PlatformException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What went wrong, for branching. */
    public Code code() {
        return code;
    }
}
