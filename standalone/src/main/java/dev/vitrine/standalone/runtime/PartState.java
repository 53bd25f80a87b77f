package dev.vitrine.standalone.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What the launcher knows about one part.
 *
 * @param name {@link Part#label()}
 * @param state {@code starting}, {@code ready}, {@code restarting}, {@code external}
 * @param process the process it lives in; null for an external part or before its start
 * @param port where it listens; 0 when unknown
 * @param version version with what matters about it, such as the vector adapter
 * @param restarts how often it was restarted
 */
public record PartState(
        String name,
        String state,
        @Nullable ProcessRef process,
        int port,
        @Nullable String version,
        int restarts) {
    static final String STARTING = "starting";
    static final String READY = "ready";
    static final String RESTARTING = "restarting";
    static final String EXTERNAL = "external";

    /** True when it has been started and was not seen to end. */
    public boolean ready() {
        return state.equals(READY);
    }

    /** True when it ended by itself and does not run again yet. */
    boolean restarting() {
        return state.equals(RESTARTING);
    }

    PartState with(String newState, @Nullable ProcessRef newProcess) {
        return new PartState(name, newState, newProcess, port, version, restarts);
    }

    PartState withVersion(String newVersion) {
        return new PartState(name, state, process, port, newVersion, restarts);
    }

    PartState restarted() {
        return new PartState(name, state, process, port, version, restarts + 1);
    }
}
