package dev.vitrine.benchmarks.vectorset;

import com.github.luben.zstd.ZstdInputStream;
import dev.vitrine.servicekit.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.databind.JsonNode;

/**
 * Reads all records under a folder: JSON lines and files with a header line and any of the usual
 * delimiters, plain, gzipped or Zstandard. Other files are passed over. Stateless.
 */
final class CatalogFiles {

    private static final String DELIMITERS = "\t|#;,";
    private static final int HEADER_LIMIT = 1 << 16;

    private CatalogFiles() {}

    /** Hands over the records of all files, file by file in the order of their paths. */
    static void read(Path folder, Consumer<CatalogRecord> target) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            String plain = name.replaceFirst("\\.(gz|zst)$", "");
            if (plain.matches(".*\\.(ndjson|jsonl|json)")) {
                readJson(file, name, target);
            } else if (plain.matches(".*\\.(csv|tsv)")) {
                readDelimited(file, name, target);
            }
        }
    }

    private static void readJson(Path file, String name, Consumer<CatalogRecord> target)
            throws IOException {
        try (BufferedReader lines = open(file, name)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("{")) {
                    continue;
                }
                JsonNode document = WireJson.mapper().readTree(line);
                JsonNode fields = document.path("fields");
                target.accept(CatalogRecord.of(columns(fields.isObject() ? fields : document)));
            }
        }
    }

    private static Map<String, String> columns(JsonNode document) {
        Map<String, String> columns = new LinkedHashMap<>();
        document.properties()
                .forEach(field -> {
                    if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                        columns.put(field.getKey(), field.getValue().asString());
                    }
                });
        return columns;
    }

    private static void readDelimited(Path file, String name, Consumer<CatalogRecord> target)
            throws IOException {
        try (BufferedReader text = open(file, name)) {
            text.mark(HEADER_LIMIT);
            String header = text.readLine();
            if (header == null) {
                return;
            }
            text.reset();
            CSVFormat format =
                    CSVFormat.DEFAULT
                            .builder()
                            .setDelimiter(delimiter(header))
                            .setHeader()
                            .setSkipHeaderRecord(true)
                            .setAllowMissingColumnNames(true)
                            .setTrailingData(true)
                            .setLenientEof(true)
                            .get();
            try (CSVParser parser = format.parse(text)) {
                for (CSVRecord row : parser) {
                    target.accept(CatalogRecord.of(row.toMap()));
                }
            }
        }
    }

    /** The first of the usual ones, in order of rarity in prose, that the header has. */
    static char delimiter(String header) {
        return (char)
                DELIMITERS
                        .chars()
                        .filter(each -> header.indexOf(each) >= 0)
                        .findFirst()
                        .orElse(',');
    }

    private static BufferedReader open(Path file, String name) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain =
                name.endsWith(".gz")
                        ? new GZIPInputStream(bytes)
                        : name.endsWith(".zst") ? new ZstdInputStream(bytes) : bytes;
        return new BufferedReader(
                new InputStreamReader(plain, StandardCharsets.UTF_8), HEADER_LIMIT);
    }
}
