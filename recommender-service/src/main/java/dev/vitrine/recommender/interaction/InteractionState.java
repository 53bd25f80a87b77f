package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.Interaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events of all catalogues, each counted once. Written by one thread, read by any.
 *
 * <p>What is no wish is passed over before its id is remembered: a shop writes many impressions for
 * each click, and ids of clicks and purchases are to be known for as long as there is room.
 */
public final class InteractionState {
    private final InteractionProperties limits;
    private final Map<CatalogRef, CatalogInteractions> catalogs = new ConcurrentHashMap<>();
    private final RecentIds ids;
    private final Counter counted;
    private final Counter passedOver;
    private final Counter repeated;
    private final Counter withoutConsent;
    private final Counter overCatalogs;

    InteractionState(InteractionProperties limits, MeterRegistry meters) {
        this.limits = limits;
        this.ids = new RecentIds(limits.eventIdsMax());
        this.counted = counter(meters, "counted", "Events that were taken");
        this.passedOver = counter(meters, "passed.over", "Searches, impressions, second thoughts");
        this.repeated = counter(meters, "repeated", "Events that had come before");
        this.withoutConsent = counter(meters, "without.consent", "Events not to be learned from");
        this.overCatalogs = counter(meters, "over.catalogs", "Events of catalogues over the limit");
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder("recommender.interaction." + name)
                .description(description)
                .register(meters);
    }

    /** Each catalogue with events. */
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
     */
    void add(Interaction event, Instant received) {
        if (!event.type().isWish()) {
            passedOver.increment();
            return;
        }
        if (!ids.add(event.tenant(), event.eventId())) {
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
    }

    /** Forgets a catalogue that was deleted. */
    void forget(CatalogRef catalog) {
        catalogs.remove(catalog);
    }
}
