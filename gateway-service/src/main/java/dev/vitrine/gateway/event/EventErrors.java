package dev.vitrine.gateway.event;

import dev.vitrine.contracts.problem.ErrorCode;

/** Errors of this feature; single events are refused with the codes of {@code InteractionFault}. */
final class EventErrors {

    static final ErrorCode EVENTS_REJECTED =
            new ErrorCode("EVENTS_REJECTED", 422, "None of the events can be used");

    private EventErrors() {}
}
