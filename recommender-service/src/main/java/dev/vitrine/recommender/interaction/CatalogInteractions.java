package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.recommender.algorithm.Occasion;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Baskets and visits of one catalogue, or of one of its aliases. Thread-safe. */
public final class CatalogInteractions {
    /**
     * All that is kept at one moment.
     *
     * @param baskets purchases
     * @param visits what was looked at, in order
     */
    public record Kept(List<Occasion> baskets, List<Occasion> visits) {
        /** All that is kept under several names. */
        public static Kept of(Collection<CatalogInteractions> names) {
            List<Kept> each = names.stream().map(CatalogInteractions::kept).toList();
            return new Kept(
                    each.stream().flatMap(kept -> kept.baskets().stream()).toList(),
                    each.stream().flatMap(kept -> kept.visits().stream()).toList());
        }
    }

    private final InteractionProperties limits;

    // Ordered by time, so that what is kept does not depend on the order of arrival.
    private final TreeSet<Occasion> baskets = new TreeSet<>(Occasion.BY_TIME);
    private final TreeSet<Visit> visits = new TreeSet<>(Visit.BY_TIME);
    private final Map<String, Visit> visitOf = new HashMap<>();
    private final Map<String, Visit> lastVisitOf = new HashMap<>();
    private final ItemIds ids = new ItemIds();
    private long occasionBytes;
    private volatile long bytes;
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
        changed();
    }

    /** Lets the oldest basket or visit go; false when there is none. */
    synchronized boolean letOldestGo() {
        if (visits.isEmpty() && baskets.isEmpty()) {
            return false;
        }
        if (visits.isEmpty()
                || (!baskets.isEmpty()
                        && baskets.first().time().isBefore(visits.first().lastTime()))) {
            letGo(baskets.removeFirst());
        } else {
            Visit oldest = visits.removeFirst();
            occasionBytes -= oldest.bytes();
            oldest.clear();
            visitOf.remove(oldest.key());
            lastVisitOf.remove(oldest.visitorId(), oldest);
        }
        changed();
        return true;
    }

    /** What is kept takes, with the models made of it; an estimate. */
    long bytes() {
        return bytes;
    }

    /** Grows with each event that models learn from, and with what they are to forget. */
    public synchronized long changes() {
        return changes;
    }

    synchronized Kept kept() {
        return new Kept(
                List.copyOf(baskets),
                visits.stream()
                        .map(visit -> new Occasion(visit.key(), visit.lastTime(), visit.items()))
                        .toList());
    }

    /**
     * What a visitor looked at, in order; empty when nothing is known.
     *
     * @param sessionId the visit; null for the visitor's last one
     */
    public synchronized List<String> visit(@Nullable String visitorId, @Nullable String sessionId) {
        Visit visit =
                sessionId != null ? visitOf.get(sessionKey(sessionId)) : lastVisitOf.get(visitorId);
        return visit == null ? List.of() : visit.items();
    }

    private void addBasket(Interaction event, Instant time) {
        List<String> items =
                event.items().stream()
                        .map(InteractionItem::id)
                        .distinct()
                        .limit(limits.basketItemsMax())
                        .toList();
        List<String> taken =
                IntStream.range(0, items.size())
                        .mapToObj(place -> ids.take(items.get(place), place, items.size()))
                        .toList();
        Occasion basket = new Occasion(event.eventId(), time, taken);
        occasionBytes += Footprint.basket(basket.id(), taken.size());
        // An event that was forgotten and comes again may find its basket.
        if (!baskets.add(basket)) {
            letGo(basket);
        }
    }

    private void letGo(Occasion basket) {
        List<String> items = basket.items();
        occasionBytes -= Footprint.basket(basket.id(), items.size());
        for (int place = 0; place < items.size(); place++) {
            ids.release(items.get(place), place, items.size());
        }
    }

    private void addSteps(Interaction event, Instant time) {
        String key = visitKey(event, time);
        Visit visit = visitOf.get(key);
        if (visit == null) {
            visit = new Visit(key, event.visitorId(), limits.visitItemsMax(), ids);
            visitOf.put(key, visit);
        } else {
            visits.remove(visit);
            occasionBytes -= visit.bytes();
        }
        for (InteractionItem item : event.items()) {
            visit.add(time, item.id());
        }
        visits.add(visit);
        occasionBytes += visit.bytes();
        // The visitor who began it, so that forgetting a visit forgets its visitor.
        lastVisitOf.merge(
                visit.visitorId(),
                visit,
                (last, now) -> now.lastTime().isBefore(last.lastTime()) ? last : now);
    }

    private void changed() {
        bytes = occasionBytes + ids.bytes();
        changes++;
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
