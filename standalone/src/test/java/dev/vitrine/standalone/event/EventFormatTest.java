package dev.vitrine.standalone.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files as they come, and the events that they become. */
class EventFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void canonical_keepsTheEvent_andSetsTheCatalogue() {
        List<EventLine> lines =
                read(
                        "canonical",
                        """
                        {"type":"view","visitorId":"v","catalog":"other","items":[{"id":"1"}]}

                        not json
                        [1]
                        """);
        assertThat(lines).extracting(EventLine::line).containsExactly(1L, 3L, 4L);
        assertThat(lines.getFirst().event())
                .hasToString(
                        "{\"type\":\"view\",\"visitorId\":\"v\",\"catalog\":\"shop\",\"items\":[{\"id\":\"1\"}]}");
        assertThat(lines.get(1).event()).isNull();
        assertThat(lines.get(1).fault()).startsWith("Unrecognized token 'not'");
        assertThat(lines.get(2).fault()).isEqualTo("no JSON object");
    }

    @Test
    void sessions_becomeViewsInOrder_theLastOneNow() {
        List<EventLine> lines = read("sessions", "1 2\n\n3  4 5\n");
        assertThat(lines).extracting(EventLine::line).containsExactly(1L, 1L, 3L, 3L, 3L);
        assertThat(lines.getFirst().event())
                .hasToString(
                        "{\"catalog\":\"shop\",\"eventId\":\"session-54b83971f89d-1-1\",\"eventTime\":\"2026-11-01T07:59:59Z\",\"type\":\"view\",\"visitorId\":\"session-54b83971f89d-1\",\"sessionId\":\"session-54b83971f89d-1\",\"items\":[{\"id\":\"1\"}]}");
        assertThat(lines.getLast().event())
                .hasToString(
                        "{\"catalog\":\"shop\",\"eventId\":\"session-54b83971f89d-3-3\",\"eventTime\":\"2026-11-21T08:00:00Z\",\"type\":\"view\",\"visitorId\":\"session-54b83971f89d-3\",\"sessionId\":\"session-54b83971f89d-3\",\"items\":[{\"id\":\"5\"}]}");
    }

    @Test
    void sessions_ofAnotherFile_haveOtherIds_ofTheSameOneTheSame() {
        List<String> monday = ids(read("sessions", "1 2\n3\n"));
        assertThat(monday).doesNotHaveDuplicates().hasSize(3);
        assertThat(ids(read("sessions", "1 2 5\n4\n"))).doesNotContainAnyElementsOf(monday);
        assertThat(ids(read("sessions", "1 2\n3\n"))).isEqualTo(monday);
    }

    private static List<String> ids(List<EventLine> lines) {
        return lines.stream()
                .map(line -> requireNonNull(line.event()).get("eventId").asString())
                .toList();
    }

    /** Dirty on purpose: cancellation, postage, gift, quotes, a code twice, an unreadable date. */
    private static final String BASKETS =
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,85123A,"A, ""B"" C",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
            1,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom
            1,71053,LANTERN,2,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
            1,85123A,"A",4,2010-12-01 08:26:00,2.45,17850.0,United Kingdom
            C2,71053,LANTERN,-2,2010-12-03 09:00:00,3.39,17850.0,United Kingdom
            3,22633,,1,2010-12-02 08:26:00,0.0,,United Kingdom
            4,22633,WARMER,1,2010-12-02 08:26:00,1.85,,United Kingdom
            5,22633,WARMER,1,yesterday,1.85,,United Kingdom
            1,22633,WARMER,1,2010-12-01 08:27:00,1.85,17850.0,United Kingdom
            """;

    @Test
    void baskets_becomePurchases_theNewestNow() {
        List<EventLine> lines = read("baskets", BASKETS);
        assertThat(lines).extracting(EventLine::line).containsExactly(2L, 8L, 10L);
        assertThat(lines.get(0).event())
                .hasToString(
                        "{\"catalog\":\"shop\",\"eventId\":\"invoice-1\",\"eventTime\":\"2026-11-20T08:00:00Z\",\"type\":\"purchase\",\"visitorId\":\"customer-17850\",\"sessionId\":\"invoice-1\",\"items\":[{\"id\":\"85123A\",\"price\":2.55,\"quantity\":10.0},{\"id\":\"71053\",\"price\":3.39,\"quantity\":2.0}]}");
        assertThat(lines.get(1).event())
                .hasToString(
                        "{\"catalog\":\"shop\",\"eventId\":\"invoice-4\",\"eventTime\":\"2026-11-21T08:00:00Z\",\"type\":\"purchase\",\"visitorId\":\"invoice-4\",\"sessionId\":\"invoice-4\",\"items\":[{\"id\":\"22633\",\"price\":1.85,\"quantity\":1.0}]}");
        assertThat(String.valueOf(lines.get(2).event()))
                .contains("\"eventId\":\"invoice-1-10\"", "2026-11-20T08:01:00Z");
    }

    @Test
    void baskets_withTheirOwnTimes_keepThem() {
        try (EventLines lines = new BasketFormat(false).open(file(BASKETS), "shop", NOW)) {
            assertThat(String.valueOf(lines.next().event())).contains("2010-12-01T08:26:00Z");
        }
    }

    @Test
    void baskets_withoutAColumn_saySo() {
        assertThatThrownBy(() -> read("baskets", "InvoiceNo,StockCode\n1,2\n"))
                .isInstanceOf(EventFileException.class)
                .hasMessage(
                        "events has no column Quantity; baskets have InvoiceNo, StockCode, Quantity,"
                                + " InvoiceDate, UnitPrice");
    }

    @Test
    void aFileThatIsCutOff_isAnError_notAnEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(BASKETS.getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        EventFile file = new EventFile("half", () -> new ByteArrayInputStream(half));
        for (EventFormat format : EventFormat.ALL) {
            assertThatThrownBy(() -> all(format.open(file, "shop", NOW)))
                    .isInstanceOf(EventFileException.class)
                    .hasMessageStartingWith("half cannot be read");
        }
    }

    @Test
    void gzip_isFoundByLooking() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("1 2\n".getBytes(StandardCharsets.UTF_8));
        }
        EventFile file = new EventFile("gz", () -> new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(all(EventFormat.named("sessions").orElseThrow().open(file, "shop", NOW)))
                .hasSize(2);
    }

    private static List<EventLine> read(String format, String text) {
        return all(EventFormat.named(format).orElseThrow().open(file(text), "shop", NOW));
    }

    private static EventFile file(String text) {
        return new EventFile(
                "events", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<EventLine> all(EventLines lines) {
        List<EventLine> all = new ArrayList<>();
        try (lines) {
            lines.forEachRemaining(all::add);
        }
        return all;
    }
}
