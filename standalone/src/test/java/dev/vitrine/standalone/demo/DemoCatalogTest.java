package dev.vitrine.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.event.EventLines;
import dev.vitrine.standalone.source.ProductSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class DemoCatalogTest {

    static Stream<DemoCatalog> catalogs() {
        return Stream.of(DemoCatalog.ELECTRONICS, DemoCatalog.GIFTS);
    }

    @Test
    void purchases_ofGifts_areOfItsProducts_andEndNow() {
        Set<String> ids = new HashSet<>();
        var _ =
                ProductSample.read(
                        DemoCatalog.GIFTS.file(),
                        Integer.MAX_VALUE,
                        product -> ids.add(product.path("id").asString()));
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        Set<String> events = new HashSet<>();
        Instant last = Instant.EPOCH;
        try (EventLines lines = DemoPurchases.GIFTS.open(now)) {
            while (lines.hasNext()) {
                ObjectNode event = Objects.requireNonNull(lines.next().event());
                events.add(event.path("eventId").asString());
                event.path("items")
                        .forEach(item -> assertThat(ids).contains(item.path("id").asString()));
                Instant time = Instant.parse(event.path("eventTime").asString());
                assertThat(time).isAfter(now.minus(Duration.ofDays(60)));
                last = time.isAfter(last) ? time : last;
            }
        }
        assertThat(events).hasSize((int) DemoPurchases.GIFTS.invoices());
        assertThat(last).isEqualTo(now);
    }

    @ParameterizedTest
    @MethodSource("catalogs")
    void resource_holdsWhatTheRecordSays(DemoCatalog catalog) {
        Set<String> ids = new HashSet<>();
        var _ =
                ProductSample.read(
                        catalog.file(),
                        Integer.MAX_VALUE,
                        product -> ids.add(product.path("id").asString()));
        assertThat(ids).hasSize((int) catalog.products());
        assertThat(ids).contains(catalog.exampleId());
    }
}
