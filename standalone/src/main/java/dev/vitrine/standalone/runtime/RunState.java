package dev.vitrine.standalone.runtime;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A running Vitrine as other commands see it.
 *
 * @param phase {@code starting}, {@code loading} or {@code ready}
 * @param launcher the process that started it and that ends it
 * @param gateway address of the REST interface and the page
 * @param processes true when the services have processes of their own
 * @param parts one entry for each {@link Part}, in its order
 */
public record RunState(
        String phase, ProcessRef launcher, URI gateway, boolean processes, List<PartState> parts) {
    public static final String STARTING = "starting";
    public static final String LOADING = "loading";
    public static final String READY = "ready";

    public RunState {
        parts = List.copyOf(parts);
    }

    public Optional<PartState> part(Part part) {
        return parts.stream().filter(state -> state.name().equals(part.label())).findFirst();
    }

    RunState withPhase(String newPhase) {
        return new RunState(newPhase, launcher, gateway, processes, parts);
    }

    RunState withPart(PartState changed) {
        return new RunState(
                phase,
                launcher,
                gateway,
                processes,
                parts.stream()
                        .map(part -> part.name().equals(changed.name()) ? changed : part)
                        .toList());
    }
}
