package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.recommender.algorithm.Occasion;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Baskets and visits of one catalogue. Thread-safe. */
public final class CatalogInteractions {
    /**
     * All that is kept at one moment.
     *
     * @param baskets purchases
     * @param visits what was looked at, in order
     */
    public record Kept(List<Occasion> baskets, List<Occasion> visits) {}

    private final InteractionProperties limits;

    // Ordered by time, so that which baskets are kept does not depend on the order of arrival.
    private final TreeSet<Occasion> baskets = new TreeSet<>(Occasion.BY_TIME);
    private final LinkedHashMap<String, Visit> visits = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Visit> lastVisitOf = new HashMap<>();
    private long changes;

    CatalogInteractions(InteractionProperties limits) {
        this.limits = limits;
    }

    /** Takes an event that tells a wish. */
    synchronized void add(Interaction event, Instant time) {
        if (event.type() == InteractionType.PURCHASE) {
            addBasket(event, time);
        } else {
            addSteps(event, time);
        }
        changes++;
    }

    /** Grows with each event that models learn from. */
    public synchronized long changes() {
        return changes;
    }

    public synchronized Kept kept() {
        return new Kept(
                List.copyOf(baskets),
                visits.entrySet().stream()
                        .map(visit ->
                                new Occasion(
                                        visit.getKey(),
                                        visit.getValue().lastTime(),
                                        visit.getValue().items()))
                        .toList());
    }

    /**
     * What a visitor looked at, in order; empty when nothing is known.
     *
     * @param sessionId the visit; null for the visitor's last one
     */
    public synchronized List<String> visit(@Nullable String visitorId, @Nullable String sessionId) {
        Visit visit =
                sessionId != null ? visits.get(sessionKey(sessionId)) : lastVisitOf.get(visitorId);
        return visit == null ? List.of() : visit.items();
    }

    private void addBasket(Interaction event, Instant time) {
        List<String> items =
                event.items().stream()
                        .map(InteractionItem::id)
                        .distinct()
                        .limit(limits.basketItemsMax())
                        .toList();
        baskets.add(new Occasion(event.eventId(), time, items));
        if (baskets.size() > limits.basketsMax()) {
            baskets.pollFirst();
        }
    }

    private void addSteps(Interaction event, Instant time) {
        Visit visit =
                visits.computeIfAbsent(
                        visitKey(event, time),
                        key -> new Visit(key, event.visitorId(), limits.visitItemsMax()));
        event.items().forEach(item -> visit.add(time, item.id()));
        // The visitor who began it, so that forgetting a visit forgets its visitor.
        lastVisitOf.merge(
                visit.visitorId(),
                visit,
                (last, now) -> now.lastTime().isBefore(last.lastTime()) ? last : now);
        if (visits.size() > limits.visitsMax()) {
            Visit oldest = visits.pollFirstEntry().getValue();
            lastVisitOf.remove(oldest.visitorId(), oldest);
        }
    }

    private String visitKey(Interaction event, Instant time) {
        String session = event.sessionId();
        if (session != null && !session.isBlank()) {
            return sessionKey(session);
        }
        Visit last = lastVisitOf.get(event.visitorId());
        // Events may come late, so the pause may lie on either side.
        return last != null
                        && !last.lastTime().plus(limits.visitGap()).isBefore(time)
                        && !time.plus(limits.visitGap()).isBefore(last.firstTime())
                ? last.key()
                : "visitor/" + event.visitorId() + '/' + time;
    }

    private static String sessionKey(String sessionId) {
        return "session/" + sessionId;
    }
}
