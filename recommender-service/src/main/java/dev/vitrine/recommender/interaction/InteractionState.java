package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.Interaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events of all catalogues, each counted once, by the names that they were sent to. Written by one
 * thread, read by any.
 *
 * <p>What is no wish is passed over before its id is remembered: a shop writes many impressions for
 * each click, and ids of clicks and purchases are to be known for as long as there is room.
 *
 * <p>All of it has one budget of bytes, a sixth of which is for ids. When more is kept, the
 * catalogue that holds most lets its oldest go, so a huge one pushes out none of the small.
 */
public final class InteractionState {
    private static final int IDS_SHARE = 6;

    private final InteractionProperties limits;
    private final long budget;
    private final Map<CatalogRef, CatalogInteractions> catalogs = new ConcurrentHashMap<>();
    private final RecentIds ids;
    private final Counter counted;
    private final Counter earlier;
    private final Counter passedOver;
    private final Counter repeated;
    private final Counter withoutConsent;
    private final Counter overCatalogs;
    private final Counter letGo;

    /**
     * @param budget bytes for all that is kept, by estimate
     */
    InteractionState(InteractionProperties limits, long budget, MeterRegistry meters) {
        this.limits = limits;
        this.budget = budget;
        this.ids = new RecentIds(budget / IDS_SHARE);
        this.counted = counter(meters, "counted", "Events that were taken");
        this.earlier = counter(meters, "earlier", "Events from before their catalogue");
        this.passedOver = counter(meters, "passed.over", "Searches, impressions, second thoughts");
        this.repeated = counter(meters, "repeated", "Events that had come before");
        this.withoutConsent = counter(meters, "without.consent", "Events not to be learned from");
        this.overCatalogs = counter(meters, "over.catalogs", "Events of catalogues over the limit");
        this.letGo = counter(meters, "let.go", "Baskets and visits let go to keep the budget");
        Gauge.builder("recommender.interaction.bytes", this, InteractionState::bytes)
                .description("What is kept takes, by estimate")
                .register(meters);
        Gauge.builder("recommender.interaction.bytes.max", () -> budget)
                .description("What may be kept")
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder("recommender.interaction." + name)
                .description(description)
                .register(meters);
    }

    /** Each name with events, a catalogue's or an alias's. */
    public Map<CatalogRef, CatalogInteractions> catalogs() {
        return Map.copyOf(catalogs);
    }

    public Optional<CatalogInteractions> catalog(CatalogRef catalog) {
        return Optional.ofNullable(catalogs.get(catalog));
    }

    /**
     * Counts an event unless it came before or must not be learned from.
     *
     * @param received when the log took it; a clock that is ahead is not believed
     * @param since when the name that it was sent to became what it is
     */
    void add(Interaction event, Instant received, Instant since) {
        if (received.isBefore(since)) {
            earlier.increment();
            return;
        }
        if (!event.type().isWish()) {
            passedOver.increment();
            return;
        }
        // A catalogue that is made anew, or another one, may be given the same events.
        if (!ids.add(event.catalogRef().key() + '/' + since, event.eventId())) {
            repeated.increment();
            return;
        }
        if (Boolean.FALSE.equals(event.consent())) {
            withoutConsent.increment();
            return;
        }
        CatalogRef ref = event.catalogRef();
        CatalogInteractions catalog = catalogs.get(ref);
        if (catalog == null) {
            if (catalogs.size() >= limits.catalogsMax()) {
                overCatalogs.increment();
                return;
            }
            catalog = new CatalogInteractions(limits);
            catalogs.put(ref, catalog);
        }
        catalog.add(event, event.eventTime().isAfter(received) ? received : event.eventTime());
        counted.increment();
        keepBudget();
    }

    /** What is kept takes, by estimate. */
    long bytes() {
        return ids.bytesMax()
                + catalogs.values().stream().mapToLong(CatalogInteractions::bytes).sum();
    }

    private void keepBudget() {
        while (bytes() > budget) {
            Optional<CatalogInteractions> largest =
                    catalogs.values().stream()
                            .max(Comparator.comparingLong(CatalogInteractions::bytes));
            if (largest.isEmpty() || !largest.get().letOldestGo()) {
                return;
            }
            letGo.increment();
        }
    }

    /** Forgets what was sent to a name that nothing has any more. */
    void forget(CatalogRef name) {
        catalogs.remove(name);
    }
}
