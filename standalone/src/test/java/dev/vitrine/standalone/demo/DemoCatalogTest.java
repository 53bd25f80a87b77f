package dev.vitrine.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.event.EventLines;
import dev.vitrine.standalone.source.ProductSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** Otherwise a catalogue could be complete without them, and no later start would know. */
    @Test
    void load_importBreaksOff_hasSentWhatGoesFirst() throws IOException {
        List<String> done = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        String method = exchange.getRequestMethod();
                        done.add(method + " " + exchange.getRequestURI().getPath());
                        exchange.sendResponseHeaders(method.equals("PUT") ? 200 : 404, 2);
                        exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (VitrineClient client = new VitrineClient(address)) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() ->
                            DemoCatalog.GIFTS.load(
                                    client,
                                    () -> done.add("purchases"),
                                    (label, sent, total) -> {},
                                    line -> {}));
        } finally {
            server.stop(0);
        }
        assertThat(done)
                .containsExactly(
                        "GET /v1/catalogs/gifts",
                        "PUT /v1/catalogs/gifts",
                        "purchases",
                        "POST /v1/catalogs/gifts/products:import");
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
