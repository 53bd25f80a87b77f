package dev.vitrine.benchmarks.catalog;

import dev.vitrine.servicekit.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the demo catalogue. Stateless. */
public final class ProductFile {

    private ProductFile() {}

    /** All products of gzipped NDJSON, in the order of the file. */
    public static List<Product> read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(bytes), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> WireJson.mapper().readTree(line).asObject())
                    .map(document -> new Product(document.path("id").stringValue(), document))
                    .toList();
        }
    }
}
