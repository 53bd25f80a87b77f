package dev.vitrine.gateway.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call's events.
 *
 * @param accepted events that Kafka has acknowledged
 * @param rejected events that cannot be used
 * @param errors why, one for each rejected event, in the order of the call
 */
record EventReport(int accepted, int rejected, List<Rejection> errors) {

    /**
     * One event that cannot be used.
     *
     * @param index its place in the call, from 0
     * @param eventId its id, where it told one
     * @param code stable name of the fault
     * @param pointer JSON pointer into the call's body
     * @param message what is wrong and what would be right
     */
    record Rejection(
            int index, @Nullable String eventId, String code, String pointer, String message) {}

    EventReport {
        errors = List.copyOf(errors);
    }
}
