package dev.vitrine.recommender.interaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The latest ids, as hashes of equal size whatever the ids' length. Not thread-safe.
 *
 * <p>122 bits of each hash are free: among a million remembered ids a new one is taken for a
 * repeated one with a probability of 2 in 10^31.
 */
final class RecentIds {
    // Its hash and two places of the table.
    private static final int BYTES_EACH = 2 * Long.BYTES + 2 * Integer.BYTES;

    private static final int FIRST = 1024;
    private static final int MOST = 1 << 24;

    private final int max;
    // Two numbers for each id, a ring in the order of arrival once it has grown to its full size.
    private long[] hashes;
    // Place of an id plus one, 0 where there is none; open addressing, half full at most.
    private int[] table;
    private int size;
    private int next;

    /**
     * @param bytes most memory to take, for one id at least
     */
    RecentIds(long bytes) {
        this.max = (int) Math.min(MOST, Long.highestOneBit(Math.max(1, bytes / BYTES_EACH)));
        int first = Math.min(max, FIRST);
        this.hashes = new long[2 * first];
        this.table = new int[2 * first];
    }

    /**
     * False when the id is among the latest already.
     *
     * @param scope within which it is to be unique
     */
    boolean add(String scope, String eventId) {
        UUID hash =
                UUID.nameUUIDFromBytes((scope + '/' + eventId).getBytes(StandardCharsets.UTF_8));
        long high = hash.getMostSignificantBits();
        long low = hash.getLeastSignificantBits();
        if (table[slot(high, low)] != 0) {
            return false;
        }
        if (size == max) {
            forget(next);
        } else if (size == table.length / 2) {
            grow();
        }
        hashes[2 * next] = high;
        hashes[2 * next + 1] = low;
        table[slot(high, low)] = next + 1;
        size++;
        next = (next + 1) % max;
        return true;
    }

    /** What the ids take in memory at most; room for more is made when it is needed. */
    long bytesMax() {
        return (long) BYTES_EACH * max;
    }

    /** Where an id stands in the table, or where it would. */
    private int slot(long high, long low) {
        int slot = home(low);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (hashes[2 * place] == high && hashes[2 * place + 1] == low) {
                break;
            }
            slot = after(slot);
        }
        return slot;
    }

    private int home(long low) {
        return (int) low & (table.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        table = new int[2 * table.length];
        for (int place = 0; place < size; place++) {
            table[slot(hashes[2 * place], hashes[2 * place + 1])] = place + 1;
        }
    }

    /** Those behind the gap move up, so that a search that ends at a gap has missed none. */
    private void forget(int place) {
        int gap = slot(hashes[2 * place], hashes[2 * place + 1]);
        for (int slot = after(gap); table[slot] != 0; slot = after(slot)) {
            int home = home(hashes[2 * (table[slot] - 1) + 1]);
            int mask = table.length - 1;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                table[gap] = table[slot];
                gap = slot;
            }
        }
        table[gap] = 0;
        size--;
    }
}
