package dev.vitrine.evaluation;

import java.io.IOException;
import java.io.Serial;

/** A judgements file that cannot be understood; the message names the file and the line. */
public final class MalformedJudgmentsException extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    private final int lineNumber;

    MalformedJudgmentsException(String source, int lineNumber, String problem) {
        super(source + ", line " + lineNumber + ": " + problem);
        this.lineNumber = lineNumber;
    }

    MalformedJudgmentsException(String source, int lineNumber, String problem, Throwable cause) {
        super(source + ", line " + lineNumber + ": " + problem, cause);
        this.lineNumber = lineNumber;
    }

    /** The line at fault, counted from 1; the header is line 1. */
    public int lineNumber() {
        return lineNumber;
    }
}
