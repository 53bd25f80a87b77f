package dev.vitrine.standalone.drill;

import dev.vitrine.standalone.runtime.Part;
import java.util.List;
import java.util.Map;

/**
 * One fault and what was found afterwards.
 *
 * @param moment 1 and up
 * @param afterMillis how long the shop had been at work when the part was struck
 * @param awayMillis how long it was kept from starting again
 * @param recoveredMillis from then until the part was ready and searches, writes and events were
 *     answered well again
 * @param acknowledged writes that were acknowledged, before, while and after the part was away
 * @param unknown writes whose outcome the shop did not know
 * @param searches answers to searches asked for before the recovery, with how often
 * @param writes the same for writes
 * @param eventAnswers the same for events
 * @param against answers that the table does not allow
 */
record FaultRow(
        Part part,
        int moment,
        long afterMillis,
        long awayMillis,
        long recoveredMillis,
        long acknowledged,
        long unknown,
        Findings findings,
        EventLedger.Comparison events,
        Map<String, Integer> searches,
        Map<String, Integer> writes,
        Map<String, Integer> eventAnswers,
        List<String> against) {

    FaultRow {
        searches = Map.copyOf(searches);
        writes = Map.copyOf(writes);
        eventAnswers = Map.copyOf(eventAnswers);
        against = List.copyOf(against);
    }

    /** The thresholds: nothing wrong anywhere. */
    boolean passed() {
        return findings.lost() == 0
                && findings.duplicated() == 0
                && findings.stale() == 0
                && findings.resurrected() == 0
                && events.lost() == 0
                && events.foreign() == 0
                && events.miscounted() == 0
                && against.isEmpty();
    }
}
