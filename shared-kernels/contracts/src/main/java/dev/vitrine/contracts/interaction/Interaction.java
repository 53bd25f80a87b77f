package dev.vitrine.contracts.interaction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.vitrine.contracts.catalog.CatalogRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a visitor did, or was shown. The same event sent twice has the same id and counts
 * once.
 *
 * @param tenant tenant name
 * @param catalog name of the catalogue, or of an alias of it
 * @param eventId unique within the tenant; derived from the content where the source has none
 * @param eventTime when it happened
 * @param type what happened
 * @param visitorId who, anonymously; the key of the record
 * @param userId who, where known by name
 * @param sessionId the visit it belongs to
 * @param queryId the search that showed the items
 * @param recommendationId the recommendation that showed the items
 * @param query the words of a search
 * @param items products, in the order in which they were shown or chosen
 * @param listId the list or page that showed the items
 * @param experiment experiment and variant that the visitor saw
 * @param consent whether the visitor agrees to be learned from; absent: the shop has asked
 */
public record Interaction(
        String tenant,
        String catalog,
        String eventId,
        Instant eventTime,
        InteractionType type,
        String visitorId,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String queryId,
        @Nullable String recommendationId,
        @Nullable String query,
        List<InteractionItem> items,
        @Nullable String listId,
        @Nullable String experiment,
        @Nullable Boolean consent) {

    public Interaction {
        items = List.copyOf(items);
    }

    /** The name of the catalogue that the items belong to. */
    @JsonIgnore
    public CatalogRef catalogRef() {
        return new CatalogRef(tenant, catalog);
    }

    /** The record key, {@code tenant/visitorId}: one visitor's events keep their order. */
    @JsonIgnore
    public String key() {
        return tenant + '/' + visitorId;
    }

    /** The same with that id. */
    public Interaction withEventId(String id) {
        return new Interaction(
                tenant,
                catalog,
                id,
                eventTime,
                type,
                visitorId,
                userId,
                sessionId,
                queryId,
                recommendationId,
                query,
                items,
                listId,
                experiment,
                consent);
    }
}
