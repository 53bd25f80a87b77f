package dev.vitrine.standalone.deadletter;

import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a partition were sent once more: all before an offset, and single ones after it.
 * Kept where consumers keep such things, in the committed offset of a group and in its metadata.
 * Not thread-safe.
 */
final class Replayed {

    /** Brokers take 4,096 bytes of metadata by default. */
    static final int LONGEST = 4_000;

    private long before;
    private final TreeSet<Long> single = new TreeSet<>();

    /** What was committed; null = nothing yet. */
    static Replayed of(@Nullable OffsetAndMetadata committed) {
        Replayed replayed = new Replayed();
        if (committed == null) {
            return replayed;
        }
        replayed.before = committed.offset();
        for (String range : committed.metadata().split(",", 0)) {
            if (range.matches("\\d{1,18}(-\\d{1,18})?")) {
                String[] ends = range.split("-", 2);
                for (long i = Long.parseLong(ends[0]);
                        i <= Long.parseLong(ends[ends.length - 1]);
                        i++) {
                    replayed.single.add(i);
                }
            }
        }
        return replayed;
    }

    /** First offset that was not sent once more. */
    long before() {
        return before;
    }

    boolean contains(long offset) {
        return offset < before || single.contains(offset);
    }

    void add(long offset) {
        if (offset >= before) {
            single.add(offset);
        }
    }

    /** Nothing is left before this offset: retention has removed it. */
    void begin(long first) {
        before = Math.max(before, first);
        single.headSet(before).clear();
    }

    /**
     * What is to be committed.
     *
     * @throws IllegalStateException when too many single ones are chosen for the metadata
     */
    OffsetAndMetadata toCommit() {
        while (single.remove(before)) {
            before++;
        }
        StringBuilder ranges = new StringBuilder();
        long from = -1;
        long last = -1;
        for (long offset : single) {
            if (from >= 0 && offset != last + 1) {
                append(ranges, from, last);
                from = -1;
            }
            if (from < 0) {
                from = offset;
            }
            last = offset;
        }
        if (from >= 0) {
            append(ranges, from, last);
        }
        if (ranges.length() > LONGEST) {
            throw new IllegalStateException(
                    "too many single records to remember; replay those between them too (--all)");
        }
        return new OffsetAndMetadata(before, ranges.toString());
    }

    private static void append(StringBuilder ranges, long from, long last) {
        if (!ranges.isEmpty()) {
            ranges.append(',');
        }
        ranges.append(from);
        if (last > from) {
            ranges.append('-').append(last);
        }
    }
}
