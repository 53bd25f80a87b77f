package dev.vitrine.standalone.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every answer of one moment of a drill, with its time. Thread-safe. */
final class Answers {
    /** How a good answer is named. */
    static final String GOOD = "good";

    /** How a request without any answer is named. */
    static final String NONE = "no answer";

    /** How a request is named that could not connect. */
    static final String REFUSED = "refused";

    /** How an answer is named that had begun and did not end. */
    static final String CUT_OFF = "cut off";

    enum Kind {
        SEARCH,
        WRITE,
        EVENT
    }

    /**
     * One answer.
     *
     * @param from when it was asked for, {@link System#nanoTime}
     * @param said {@link #GOOD}, {@link #NONE}, {@link #REFUSED}, {@link #CUT_OFF}, {@code partial
     *     X} or status and code
     */
    private record Answer(Kind kind, long from, String said) {}

    private final List<Answer> all = new ArrayList<>();

    synchronized void add(Kind kind, long from, String said) {
        all.add(new Answer(kind, from, said));
    }

    /** True when something asked for after this time was answered well. */
    synchronized boolean goodSince(Kind kind, long nanos) {
        return all.stream()
                .anyMatch(answer ->
                        answer.kind == kind && answer.from - nanos > 0 && answer.said.equals(GOOD));
    }

    /** How often each answer was given to what was asked for up to this time. */
    synchronized Map<String, Integer> until(Kind kind, long nanos) {
        return counted(kind, nanos, true);
    }

    /** The same for what was asked for later. */
    synchronized Map<String, Integer> after(Kind kind, long nanos) {
        return counted(kind, nanos, false);
    }

    private Map<String, Integer> counted(Kind kind, long nanos, boolean before) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Answer answer : all) {
            if (answer.kind == kind && (answer.from - nanos <= 0) == before) {
                counts.merge(answer.said, 1, Integer::sum);
            }
        }
        return counts;
    }
}
