package dev.vitrine.gateway.event;

import dev.vitrine.contracts.interaction.Interaction;
import java.util.List;

/**
 * The body of a call, for the OpenAPI document; events are read one by one, so that a wrong one
 * leaves the others alone.
 *
 * @param events what happened
 */
record EventBatch(List<Interaction> events) {}
