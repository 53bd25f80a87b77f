package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends what a killed launcher left behind. Called with the lock held, so the launcher of the state
 * file is certainly gone. An orphaned PostgreSQL is left to the embedded one, which knows how to
 * end it well.
 */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Leftovers() {}

    static void clear(StateFile file, Notices notices) throws IOException {
        Optional<RunState> state = file.read();
        if (state.isEmpty()) {
            return;
        }
        for (PartState part : state.get().parts()) {
            ProcessRef process = part.process();
            if (process != null
                    && !part.name().equals(Part.POSTGRESQL.label())
                    && !process.equals(state.get().launcher())
                    && process.alive()) {
                notices.say(
                        "Ending %s (process %d), left behind by a launcher that was killed"
                                .formatted(part.name(), process.pid()));
                process.stop(PATIENCE);
            }
        }
        file.delete();
    }
}
