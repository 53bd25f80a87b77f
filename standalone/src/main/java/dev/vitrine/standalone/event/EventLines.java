package dev.vitrine.standalone.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** The events of an open file, in its order. Not for several threads. */
public final class EventLines implements Iterator<EventLine>, AutoCloseable {

    /** Reads on in the file. */
    @FunctionalInterface
    interface Source {
        /** Adds the next events; false when the file has ended, after which it is not called. */
        boolean read(Queue<EventLine> target) throws IOException;
    }

    private final EventFile file;
    private final BufferedReader reader;
    private final Source source;
    private final Queue<EventLine> ready = new ArrayDeque<>();
    private boolean more = true;

    EventLines(EventFile file, BufferedReader reader, Source source) {
        this.file = file;
        this.reader = reader;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty() && more) {
                more = source.read(ready);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException unreadable) {
            throw file.unreadable(unreadable);
        }
        return !ready.isEmpty();
    }

    @Override
    public EventLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException unreadable) {
            throw file.unreadable(unreadable);
        }
    }
}
