package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** The state of the running Vitrine, written to its file with every change. Thread-safe. */
final class StateBoard {
    private final StateFile file;
    private RunState state;
    private boolean gone;

    StateBoard(StateFile file, RunState first) {
        this.file = file;
        this.state = first;
        write();
    }

    synchronized RunState state() {
        return state;
    }

    synchronized void update(UnaryOperator<RunState> change) {
        state = change.apply(state);
        write();
    }

    void updatePart(Part part, UnaryOperator<PartState> change) {
        update(now -> now.part(part).map(change).map(now::withPart).orElse(now));
    }

    /** Nothing runs any more: the file goes, and later changes are not written. */
    synchronized void delete() {
        gone = true;
        try {
            file.delete();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write() {
        if (gone) {
            return;
        }
        try {
            file.write(state);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
