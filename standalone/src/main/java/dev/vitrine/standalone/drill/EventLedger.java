package dev.vitrine.standalone.drill;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The events that were sent, and of these the ones that were acknowledged. Thread-safe. */
final class EventLedger {
    private static final String PREFIX = "drill-event-";

    private final Set<String> sent = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();

    /**
     * How the log compares.
     *
     * @param acknowledged events that were acknowledged
     * @param lost of these, the ones that the log does not hold
     * @param foreign ids in the log that look like the drill's and that nobody sent
     * @param repeated ids that the log holds more than once; they count once
     * @param miscounted difference between the ids of wishes in the log and what the recommender
     *     counted
     */
    record Comparison(int acknowledged, long lost, long foreign, long repeated, long miscounted) {}

    synchronized String next() {
        String id = PREFIX + sent.size();
        sent.add(id);
        return id;
    }

    synchronized void acknowledged(String id) {
        acknowledged.add(id);
    }

    /**
     * @param log how often each id of a wish is in the log
     * @param counted events that the recommender counted
     */
    synchronized Comparison compare(Map<String, Integer> log, long counted) {
        return new Comparison(
                acknowledged.size(),
                acknowledged.stream().filter(id -> !log.containsKey(id)).count(),
                log.keySet().stream()
                        .filter(id -> id.startsWith(PREFIX) && !sent.contains(id))
                        .count(),
                log.entrySet().stream()
                        .filter(event -> sent.contains(event.getKey()) && event.getValue() > 1)
                        .count(),
                Math.abs(log.size() - counted));
    }
}
