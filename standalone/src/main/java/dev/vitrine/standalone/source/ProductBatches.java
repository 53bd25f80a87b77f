package dev.vitrine.standalone.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts a product file into batches of bounded size. CSV leaves in one dialect (comma, RFC 4180
 * quotes, UTF-8, header in every batch) whatever it came in, so that nobody else has to guess; a
 * JSON line that cannot be read is passed on as it is, because refusing it is the writer's
 * business.
 *
 * <p>Not for several threads.
 */
public final class ProductBatches implements Iterator<ProductBatch>, AutoCloseable {
    /** Fits the writer's commit size, and is small enough that progress moves. */
    public static final int PRODUCTS = 1_000;

    private static final int BYTES = 4 * 1024 * 1024;
    private static final CSVFormat OUTPUT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final ProductFile file;
    private final DocumentShape shape;
    private final BufferedReader reader;
    private final @Nullable Iterator<CSVRecord> rows;
    private final List<String> header = new ArrayList<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long lines;
    private @Nullable ProductBatch next;

    public ProductBatches(ProductFile file, DocumentShape shape) {
        this.file = file;
        this.shape = shape;
        this.reader = file.reader();
        try {
            this.rows =
                    file.format() == FileFormat.CSV
                            ? CSVParser.parse(reader, tolerant(file.dialect().orElseThrow()))
                                    .iterator()
                            : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (rows != null && rows.hasNext()) {
            rows.next().forEach(name -> header.add(name.strip()));
            lines = 1;
        }
    }

    /** A dialect read forgivingly: junk after a closing quote and a missing last quote are kept. */
    static CSVFormat tolerant(CsvDialect dialect) {
        return dialect.format().builder().setTrailingData(true).setLenientEof(true).get();
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = rows == null ? jsonBatch() : csvBatch(rows);
            } catch (IOException | UncheckedIOException | IllegalStateException unreadable) {
                throw file.unreadable(" after line " + lines, unreadable);
            }
        }
        return next != null;
    }

    @Override
    public ProductBatch next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        ProductBatch batch = next;
        next = null;
        return batch;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private @Nullable ProductBatch jsonBatch() throws IOException {
        StringBuilder body = new StringBuilder();
        long first = lines + 1;
        int products = 0;
        while (products < PRODUCTS && body.length() < BYTES) {
            String line = reader.readLine();
            if (line == null) {
                break;
            }
            lines++;
            // Blank lines are sent too: the numbers in the answer stay those of the file.
            body.append(rewritten(line)).append('\n');
            products++;
        }
        return products == 0
                ? null
                : new ProductBatch(first, products, "application/x-ndjson", utf8(body));
    }

    private String rewritten(String line) {
        if (file.format() == FileFormat.NDJSON && shape.leavesLinesAlone()) {
            return line;
        }
        Optional<ObjectNode> document = FeedLine.document(line, file.format());
        if (document.isEmpty()) {
            return line;
        }
        ObjectNode product = document.get();
        if (shape.rewritesId()) {
            JsonNode id = shape.idField().map(product::get).orElse(null);
            if (shape.idField().isEmpty()) {
                product.put(DocumentShape.ID, Long.toString(lines));
            } else if (id != null && id.isValueNode() && !id.isNull()) {
                product.put(DocumentShape.ID, id.asString());
            }
        }
        shape.pathSeparators().keySet().forEach(field -> convert(product, field));
        shape.numberStyles().keySet().forEach(field -> convert(product, field));
        return FeedLine.JSON.writeValueAsString(product);
    }

    private void convert(ObjectNode product, String field) {
        JsonNode value = product.get(field);
        if (value != null && value.isString()) {
            Optional<String> converted = converted(field, value.asString());
            if (converted.isEmpty()) {
                product.remove(field);
            } else if (shape.numberStyles().containsKey(field)) {
                product.put(field, new BigDecimal(converted.get()));
            } else {
                product.put(field, converted.get());
            }
        }
    }

    private Optional<String> converted(String field, String value) {
        Optional<String> converted = shape.value(field, value);
        if (converted.isEmpty()) {
            leftOut.merge(field, 1L, Long::sum);
        }
        return converted;
    }

    /** How many values of which field were no numbers and have been left out so far. */
    public Map<String, Long> leftOut() {
        return Map.copyOf(leftOut);
    }

    private @Nullable ProductBatch csvBatch(Iterator<CSVRecord> records) throws IOException {
        StringBuilder body = new StringBuilder();
        long first = lines + 1;
        int products = 0;
        boolean ownId =
                shape.rewritesId() && !shape.idField().equals(Optional.of(DocumentShape.ID));
        int idColumn = shape.idField().map(header::indexOf).orElse(-1);
        List<String> columns = new ArrayList<>(header);
        if (ownId) {
            // A column of that name that does not identify would otherwise be there twice.
            columns.replaceAll(name -> name.equals(DocumentShape.ID) ? "id_of_file" : name);
            columns.addFirst(DocumentShape.ID);
        }
        OUTPUT.printRecord(body, columns.toArray());
        while (products < PRODUCTS && body.length() < BYTES && records.hasNext()) {
            CSVRecord row = records.next();
            lines++;
            products++;
            List<String> values = new ArrayList<>(row.size() + 1);
            if (ownId) {
                values.add(
                        idColumn < 0
                                ? Long.toString(row.getRecordNumber() - 1)
                                : idColumn < row.size() ? row.get(idColumn) : "");
            }
            for (int i = 0; i < row.size(); i++) {
                values.add(
                        i < header.size()
                                ? converted(header.get(i), row.get(i)).orElse("")
                                : row.get(i));
            }
            OUTPUT.printRecord(body, values.toArray());
        }
        return products == 0
                ? null
                : new ProductBatch(first, products, "text/csv;charset=utf-8", utf8(body));
    }

    private static byte[] utf8(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
