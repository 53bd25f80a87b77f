package dev.vitrine.standalone.drill;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The events that were sent, and of these the ones that were acknowledged. Thread-safe. */
final class EventLedger {
    private final Set<String> sent = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();

    /**
     * How the log compares.
     *
     * @param acknowledged events that were acknowledged
     * @param lost of these, the ones that the log does not hold
     * @param foreign ids in the log that nobody sent
     * @param repeated ids that the log holds more than once; they count once
     */
    record Comparison(int acknowledged, long lost, long foreign, long repeated) {}

    synchronized String next() {
        String id = "drill-event-" + sent.size();
        sent.add(id);
        return id;
    }

    synchronized void acknowledged(String id) {
        acknowledged.add(id);
    }

    synchronized Comparison compare(Map<String, Integer> log) {
        return new Comparison(
                acknowledged.size(),
                acknowledged.stream().filter(id -> !log.containsKey(id)).count(),
                log.keySet().stream().filter(id -> !sent.contains(id)).count(),
                log.values().stream().filter(times -> times > 1).count());
    }
}
