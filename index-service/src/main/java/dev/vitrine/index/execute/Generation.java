package dev.vitrine.index.execute;

import dev.vitrine.index.column.ColumnView;
import dev.vitrine.index.text.TextView;
import dev.vitrine.index.vector.VectorView;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One published state of a catalogue: attributes, text and vectors that belong together.
 *
 * <p>Unchanging, for any number of threads. It is counted who reads it: {@link #acquire} before and
 * {@link #release} after; the publisher holds one reference until it publishes the next one. When
 * the last reference goes, files are closed and the ordinals that were freed since may be used
 * again.
 */
public final class Generation {

    private final long number;
    private final long schemaVersion;
    private final ColumnView columns;
    private final TextView text;
    private final VectorView vectors;
    private final Runnable closed;
    private final AtomicInteger references = new AtomicInteger(1);

    /**
     * Takes over the text view, with one reference for the caller.
     *
     * @param number grows with every publication of the shard
     * @param schemaVersion version of the schema under which all of it was made
     * @param closed called once when nobody reads any more
     */
    public Generation(
            long number,
            long schemaVersion,
            ColumnView columns,
            TextView text,
            VectorView vectors,
            Runnable closed) {
        this.number = number;
        this.schemaVersion = schemaVersion;
        this.columns = columns;
        this.text = text;
        this.vectors = vectors;
        this.closed = closed;
    }

    /** Takes a reference; false when the generation is closed already. */
    public boolean acquire() {
        int seen = references.get();
        while (seen > 0) {
            if (references.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = references.get();
        }
        return false;
    }

    /** Gives a reference back; the last one closes. */
    public void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            text.close();
            closed.run();
        } else if (left < 0) {
            throw new IllegalStateException("generation " + number + " was released too often");
        }
    }

    public long number() {
        return number;
    }

    public long schemaVersion() {
        return schemaVersion;
    }

    public ColumnView columns() {
        return columns;
    }

    public TextView text() {
        return text;
    }

    public VectorView vectors() {
        return vectors;
    }
}
