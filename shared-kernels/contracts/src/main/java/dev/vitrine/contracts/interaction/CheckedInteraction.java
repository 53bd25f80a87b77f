package dev.vitrine.contracts.interaction;

/** What {@link InteractionCheck} makes of an event. */
public sealed interface CheckedInteraction {

    /** It can be used as it stands here: id and time are filled in. */
    record Usable(Interaction interaction) implements CheckedInteraction {}

    /** It cannot be used. */
    record Unusable(InteractionFault fault) implements CheckedInteraction {}
}
