package dev.vitrine.recommender.interaction;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.interaction.Interaction;
import org.jspecify.annotations.Nullable;

/** The least that an event must have to be counted. */
final class InteractionCheck {
    private InteractionCheck() {}

    /**
     * Checks an event as it was read; Jackson fills in null where a field is missing.
     *
     * @throws IllegalArgumentException with the reason when it cannot be used
     */
    static void require(Interaction event) {
        require(event.tenant() != null && CatalogRef.isName(event.tenant()), "tenant");
        require(event.catalog() != null && CatalogRef.isName(event.catalog()), "catalog");
        require(isText(event.eventId()), "eventId");
        require(isText(event.visitorId()), "visitorId");
        require(event.eventTime() != null, "eventTime");
        require(event.type() != null, "type");
        require(
                event.items().stream()
                        .allMatch(item -> item.id() != null && ProductKey.isId(item.id())),
                "items");
    }

    private static boolean isText(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static void require(boolean condition, String field) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "not an Interaction: " + field + " is missing or cannot be used");
        }
    }
}
