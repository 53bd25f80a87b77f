package dev.vitrine.index.text;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.evaluation.Judgments;
import dev.vitrine.servicekit.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The demo catalogue with its judgements, read from the module that ships it. */
public final class Electronics {

    private static final Path FOLDER =
            Path.of("..", "standalone", "src", "main", "resources", "demo", "electronics");

    private Electronics() {}

    public static CatalogSchema schema() throws IOException {
        return WireJson.read(
                Files.readAllBytes(FOLDER.resolve("schema.json")), CatalogSchema.class);
    }

    public static Judgments judgments() throws IOException {
        return Judgments.read(FOLDER.resolve("judgments.tsv"));
    }

    /** All products as documents with their {@code id}. */
    public static List<Map<String, Object>> products() throws IOException {
        List<Map<String, Object>> products = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(FOLDER.resolve("products.ndjson.gz"))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                products.add(document(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return products;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(byte[] json) {
        return WireJson.read(json, Map.class);
    }
}
