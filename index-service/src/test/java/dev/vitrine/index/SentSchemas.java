package dev.vitrine.index;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import java.util.Map;

/** Schemas of catalogues on their topic, as the writer sends them. */
final class SentSchemas {

    private SentSchemas() {}

    /** Sends a version of a catalogue and waits until the broker has it. */
    static void send(
            EventPublisher events,
            CatalogRef ref,
            long version,
            boolean deleted,
            CatalogSchema schema) {
        events.publish(
                        Topics.SCHEMAS,
                        0,
                        ref.key(),
                        EventHeaders.TYPE_CATALOG_CHANGED,
                        EventHeaders.JSON,
                        WireJson.write(
                                new CatalogChanged(
                                        ref.tenant(), ref.catalog(), version, deleted, schema)),
                        Map.of())
                .join();
    }
}
