package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ends a Vitrine from outside, and says what there was to end. */
public enum StopResult {
    NOTHING_RAN,
    ENDED,
    /** The launcher had been killed; its processes were still there, or at least its state file. */
    REMAINS_ENDED,
    /** A launcher lives that the state file does not lead to; nothing was done to it. */
    NOT_RECOGNISED;

    /** More than the launcher gives its services, and then Kafka. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PATIENCE_FOR_PART = Duration.ofSeconds(15);

    /** Asks the launcher to end; whatever of its processes is left afterwards is ended too. */
    public static StopResult stop(DataDirectory data) throws IOException {
        StateFile file = new StateFile(data);
        Optional<RunState> state = file.read();
        if (state.isEmpty()) {
            return RunLock.isHeld(data) ? NOT_RECOGNISED : NOTHING_RAN;
        }
        RunState running = state.get();
        boolean launcherLives = running.launcher().alive();
        running.launcher().stop(PATIENCE);
        if (RunLock.isHeld(data)) {
            return NOT_RECOGNISED;
        }
        // The services go before what they use. After an orderly end nothing of this is left.
        List<PartState> parts =
                running.parts().stream()
                        .sorted(
                                Comparator.comparing(part ->
                                        !Part.named(part.name())
                                                .map(Part::isService)
                                                .orElse(false)))
                        .toList();
        for (PartState part : parts) {
            ProcessRef process = part.process();
            if (process != null) {
                process.stop(PATIENCE_FOR_PART);
            }
        }
        file.delete();
        return launcherLives ? ENDED : REMAINS_ENDED;
    }
}
