package dev.vitrine.recommender.interaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last items of one visit, by time. Not thread-safe. */
final class Visit {
    private record Step(Instant time, String item) {}

    private final String key;
    private final String visitorId;
    private final int itemsMax;
    private final List<Step> steps = new ArrayList<>();

    Visit(String key, String visitorId, int itemsMax) {
        this.key = key;
        this.visitorId = visitorId;
        this.itemsMax = itemsMax;
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
        steps.add(at, new Step(time, item));
        if (steps.size() > itemsMax) {
            steps.removeFirst();
        }
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
