package dev.vitrine.standalone.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Invoices as CSV, one product a line, with the columns {@code InvoiceNo, StockCode, Quantity,
 * InvoiceDate (yyyy-MM-dd HH:mm:ss), UnitPrice} and, where known, {@code CustomerID}. Consecutive
 * lines of one invoice become one {@code purchase}; a code that occurs twice in it is added up.
 *
 * <p>Left out: cancelled pieces (quantity not over 0), lines without a price, and codes that do not
 * begin with five digits, which are postage, fees and corrections.
 */
public final class BasketFormat implements EventFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern PRODUCT = Pattern.compile("\\d{5}.*");
    private static final List<String> COLUMNS =
            List.of("InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice");
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final boolean newestIsNow;

    /**
     * @param newestIsNow whether all times are moved so that the last purchase happens now: such
     *     files are old, and the event log takes no old events
     */
    public BasketFormat(boolean newestIsNow) {
        this.newestIsNow = newestIsNow;
    }

    @Override
    public String name() {
        return "baskets";
    }

    @Override
    public EventLines open(EventFile file, String catalog, Instant now) {
        Duration shift = newestIsNow ? Duration.between(newest(file), now) : Duration.ZERO;
        BufferedReader reader = file.reader();
        return new EventLines(file, reader, new Invoices(rows(file, reader), catalog, shift)::read);
    }

    private static Iterator<CSVRecord> rows(EventFile file, BufferedReader reader) {
        try {
            CSVParser parser = CSVParser.parse(reader, CSV);
            for (String column : COLUMNS) {
                if (!parser.getHeaderMap().containsKey(column)) {
                    throw new EventFileException(
                            "%s has no column %s; baskets have %s"
                                    .formatted(file.name(), column, String.join(", ", COLUMNS)));
                }
            }
            return parser.iterator();
        } catch (IOException unreadable) {
            throw file.unreadable(unreadable);
        }
    }

    private static Instant newest(EventFile file) {
        Instant newest = Instant.EPOCH;
        try (BufferedReader reader = file.reader()) {
            Iterator<CSVRecord> rows = rows(file, reader);
            while (rows.hasNext()) {
                Instant time = Row.of(rows.next()).map(Row::time).orElse(Instant.EPOCH);
                newest = time.isAfter(newest) ? time : newest;
            }
        } catch (IOException | UncheckedIOException | IllegalStateException unreadable) {
            throw file.unreadable(unreadable);
        }
        return newest;
    }

    /** A line that counts. */
    private record Row(
            String invoice,
            String code,
            double quantity,
            double price,
            Instant time,
            String customer) {

        static Optional<Row> of(CSVRecord row) {
            try {
                Row read =
                        new Row(
                                row.get("InvoiceNo"),
                                row.get("StockCode").strip(),
                                Double.parseDouble(row.get("Quantity")),
                                Double.parseDouble(row.get("UnitPrice")),
                                LocalDateTime.parse(row.get("InvoiceDate"), TIME)
                                        .toInstant(ZoneOffset.UTC),
                                row.isSet("CustomerID") ? row.get("CustomerID") : "");
                return read.counts() ? Optional.of(read) : Optional.empty();
            } catch (DateTimeException | IllegalArgumentException dirty) {
                return Optional.empty();
            }
        }

        private boolean counts() {
            return quantity > 0 && price > 0 && PRODUCT.matcher(code).matches();
        }

        /** Some files write the numbers of customers as decimals. */
        String visitor() {
            return customer.isBlank()
                    ? "invoice-" + invoice
                    : "customer-" + customer.replaceFirst("\\.0$", "");
        }
    }

    private record Sum(double quantity, double price) {}

    private static final class Invoices {
        private final Iterator<CSVRecord> rows;
        private final String catalog;
        private final Duration shift;
        private final Set<String> seen = new HashSet<>();
        private final Map<String, Sum> items = new LinkedHashMap<>();
        private @Nullable Row first;
        private long firstLine;

        Invoices(Iterator<CSVRecord> rows, String catalog, Duration shift) {
            this.rows = rows;
            this.catalog = catalog;
            this.shift = shift;
        }

        boolean read(Queue<EventLine> target) {
            if (!rows.hasNext()) {
                finish(target);
                return false;
            }
            CSVRecord record = rows.next();
            Optional<Row> row = Row.of(record);
            if (row.isPresent()) {
                add(row.get(), record.getRecordNumber() + 1, target);
            }
            return true;
        }

        private void add(Row row, long line, Queue<EventLine> target) {
            if (first == null || !first.invoice().equals(row.invoice())) {
                finish(target);
                first = row;
                firstLine = line;
            }
            items.merge(
                    row.code(),
                    new Sum(row.quantity(), row.price()),
                    (one, other) -> new Sum(one.quantity() + other.quantity(), one.price()));
        }

        private void finish(Queue<EventLine> target) {
            Row invoice = first;
            if (invoice == null) {
                return;
            }
            String id = "invoice-" + invoice.invoice();
            ObjectNode event = JSON.createObjectNode();
            event.put("catalog", catalog);
            // An invoice that goes on further down is a second purchase, not a repetition.
            event.put("eventId", seen.add(id) ? id : id + "-" + firstLine);
            event.put("eventTime", invoice.time().plus(shift).toString());
            event.put("type", "purchase");
            event.put("visitorId", invoice.visitor());
            event.put("sessionId", id);
            ArrayNode list = event.putArray("items");
            items.forEach((code, sum) ->
                    list.addObject()
                            .put("id", code)
                            .put("price", sum.price())
                            .put("quantity", sum.quantity()));
            target.add(EventLine.of(firstLine, event));
            items.clear();
            first = null;
        }
    }
}
