package dev.vitrine.standalone.client;

/** A call that a running Vitrine refused or did not answer. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    ApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** True when the same call may well succeed a moment later. */
    boolean passing() {
        return status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
    }
}
