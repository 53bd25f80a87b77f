package dev.vitrine.servicekit;

import org.jspecify.annotations.Nullable;

/** Another part gave no answer; the caller decides whether it can go on without. */
public final class DependencyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Reason {
        /** The breaker is open. */
        OPEN,
        /** Too many calls are under way. */
        FULL,
        /** It took too long. */
        TIMEOUT,
        /** It failed or could not be reached. */
        FAILED
    }

    private final String dependency;
    private final Reason reason;

    DependencyException(String dependency, Reason reason, @Nullable Throwable cause) {
        super(dependency + ": " + reason, cause);
        this.dependency = dependency;
        this.reason = reason;
    }

    /** Name of the part. */
    public String dependency() {
        return dependency;
    }

    public Reason reason() {
        return reason;
    }
}
