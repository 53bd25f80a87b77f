package dev.vitrine.servicekit;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.FieldError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error that the caller is told about, with a stable code; {@link ProblemAdvice} words it. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null, null);
    }

    public ProblemException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), null, cause);
    }

    private ProblemException(
            ErrorCode code,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** The same error with the single faults of the request. */
    public ProblemException withErrors(List<FieldError> faults) {
        return new ProblemException(code, detail(), faults, retryAfter, getCause());
    }

    /** The same error with a hint when to try again. */
    public ProblemException withRetryAfter(Duration delay) {
        return new ProblemException(code, detail(), errors, delay, getCause());
    }

    /** What happened, for the caller. */
    public String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    public ErrorCode code() {
        return code;
    }

    /** The single faults of the request; may be empty. */
    public List<FieldError> errors() {
        return errors;
    }

    /** When to try again, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
