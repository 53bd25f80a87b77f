package dev.vitrine.contracts.interaction;

/**
 * Why an event cannot be used.
 *
 * @param code stable name: {@code EVENT_MALFORMED}, {@code EVENT_FIELD_MISSING}, {@code
 *     EVENT_FIELD_INVALID}, {@code EVENT_TYPE_UNKNOWN}, {@code EVENT_TIME_AHEAD}, {@code
 *     EVENT_TIME_EXPIRED}, {@code EVENT_TOO_LARGE}
 * @param pointer JSON pointer within the event; empty for the event as a whole
 * @param message what is wrong and what would be right
 */
public record InteractionFault(String code, String pointer, String message) {

    /** The fault in one line, as a dead letter tells it. */
    public String reason() {
        return code + (pointer.isEmpty() ? "" : " " + pointer) + ": " + message;
    }
}
