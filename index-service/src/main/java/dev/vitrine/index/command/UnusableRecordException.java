package dev.vitrine.index.command;

import org.jspecify.annotations.Nullable;

/** A record that can never be applied as it is; the message is the dead letter's reason. */
final class UnusableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableRecordException(String reason) {
        super(reason);
    }

    UnusableRecordException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
