package dev.vitrine.index.apply;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Gives out the dense numbers of products. A freed one is given again only when every generation
 * that saw it is closed; numbers never change. Guarded by the shard's lock.
 */
final class Ordinals {

    private final int max;
    private final Deque<Freed> freed = new ArrayDeque<>();
    private int next;

    /** A number and the last generation in which it stood for its former product. */
    private record Freed(int ordinal, long lastSeenBy) {}

    Ordinals(int max) {
        this.max = max;
    }

    /**
     * A number that no open generation knows.
     *
     * @param oldestOpen number of the oldest open generation
     * @throws TooManyProductsException when there is none left
     */
    int allocate(long oldestOpen) {
        Freed first = freed.peekFirst();
        if (first != null && first.lastSeenBy() < oldestOpen) {
            freed.removeFirst();
            return first.ordinal();
        }
        if (next >= max) {
            throw new TooManyProductsException(max);
        }
        return next++;
    }

    /** Takes a number back; generations up to {@code lastSeenBy} may still show it. */
    void free(int ordinal, long lastSeenBy) {
        freed.addLast(new Freed(ordinal, lastSeenBy));
    }

    /** Begins with these in use; the gaps between them are free at once. */
    void restore(BitSet used) {
        freed.clear();
        next = used.length();
        for (int gap = used.nextClearBit(0); gap < next; gap = used.nextClearBit(gap + 1)) {
            freed.addLast(new Freed(gap, -1));
        }
    }
}
