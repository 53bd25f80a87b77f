package dev.vitrine.recommender.interaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The last items of one visit, by time. Not thread-safe. */
final class Visit {
    /** The order in which visits are let go. */
    static final Comparator<Visit> BY_TIME =
            Comparator.comparing(Visit::lastTime).thenComparing(Visit::key);

    private record Step(Instant time, String item) {}

    private final String key;
    private final String visitorId;
    private final int itemsMax;
    private final ItemIds ids;
    private final List<Step> steps = new ArrayList<>(1);

    /**
     * @param ids told of each item that comes and goes
     */
    Visit(String key, String visitorId, int itemsMax, ItemIds ids) {
        this.key = key;
        this.visitorId = visitorId;
        this.itemsMax = itemsMax;
        this.ids = ids;
    }

    /** Adds a step where its time says; the same item twice running is one step. */
    void add(Instant time, String item) {
        int at = steps.size();
        while (at > 0 && steps.get(at - 1).time().isAfter(time)) {
            at--;
        }
        if (at > 0 && steps.get(at - 1).item().equals(item)) {
            return;
        }
        steps.add(at, new Step(time, ids.take(item)));
        if (steps.size() > itemsMax) {
            ids.release(steps.removeFirst().item());
        }
    }

    /** Gives its items back. */
    void clear() {
        steps.forEach(step -> ids.release(step.item()));
        steps.clear();
    }

    /** What it takes, apart from the ids of its items. */
    long bytes() {
        return Footprint.visit(key, visitorId, steps.size());
    }

    String key() {
        return key;
    }

    String visitorId() {
        return visitorId;
    }

    Instant firstTime() {
        return steps.isEmpty() ? Instant.MAX : steps.getFirst().time();
    }

    Instant lastTime() {
        return steps.isEmpty() ? Instant.MIN : steps.getLast().time();
    }

    List<String> items() {
        return steps.stream().map(Step::item).toList();
    }
}
