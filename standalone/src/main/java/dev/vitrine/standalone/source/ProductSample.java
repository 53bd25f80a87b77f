package dev.vitrine.standalone.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first products of a file as documents, for whoever wants to know what is in it. CSV values
 * appear as strings, empty ones as absent; lines that are no products are left out.
 */
public final class ProductSample {
    private ProductSample() {}

    /**
     * Hands over up to {@code limit} documents in file order.
     *
     * @return the columns of a CSV file in their order; empty for JSON
     */
    public static List<String> read(ProductFile file, int limit, Consumer<ObjectNode> each) {
        try (BufferedReader reader = file.reader()) {
            return file.format() == FileFormat.CSV
                    ? readCsv(file, reader, limit, each)
                    : readJson(file, reader, limit, each);
        } catch (IOException | UncheckedIOException | IllegalStateException unreadable) {
            throw file.unreadable("", unreadable);
        }
    }

    private static List<String> readJson(
            ProductFile file, BufferedReader reader, int limit, Consumer<ObjectNode> each)
            throws IOException {
        int seen = 0;
        String line = reader.readLine();
        while (line != null && seen < limit) {
            Optional<ObjectNode> document = FeedLine.document(line, file.format());
            document.ifPresent(each);
            if (document.isPresent()) {
                seen++;
            }
            line = reader.readLine();
        }
        return List.of();
    }

    private static List<String> readCsv(
            ProductFile file, BufferedReader reader, int limit, Consumer<ObjectNode> each)
            throws IOException {
        List<String> header = new ArrayList<>();
        int seen = 0;
        try (CSVParser parser =
                CSVParser.parse(reader, ProductBatches.tolerant(file.dialect().orElseThrow()))) {
            for (CSVRecord row : parser) {
                if (header.isEmpty()) {
                    row.forEach(name -> header.add(name.strip()));
                    continue;
                }
                if (seen++ == limit) {
                    break;
                }
                ObjectNode document = FeedLine.JSON.createObjectNode();
                for (int i = 0; i < Math.min(header.size(), row.size()); i++) {
                    if (!row.get(i).isBlank()) {
                        document.put(header.get(i), row.get(i).strip());
                    }
                }
                each.accept(document);
            }
        }
        return List.copyOf(header);
    }
}
