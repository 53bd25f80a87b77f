package dev.vitrine.standalone.demo;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.CatalogStatus;
import dev.vitrine.standalone.client.CatalogWait;
import dev.vitrine.standalone.client.ProductImport;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.source.DocumentShape;
import dev.vitrine.standalone.source.ProductBatches;
import dev.vitrine.standalone.source.ProductFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A catalogue that comes with Vitrine as a compressed resource.
 *
 * @param name its name in the interface, and its folder under {@code demo/}
 * @param products how many products its file holds
 * @param exampleId a product for the lines to try
 */
public record DemoCatalog(String name, long products, String exampleId) {
    /** 19,406 electronics products from Icecat; see SOURCE.md beside them. */
    public static final DemoCatalog ELECTRONICS = new DemoCatalog("electronics", 19_406, "3920564");

    /** 3,743 gifts from UCI Online Retail; see SOURCE.md beside them. */
    public static final DemoCatalog GIFTS = new DemoCatalog("gifts", 3_743, "22423");

    private static final Duration STALLED = Duration.ofMinutes(2);

    /** Told how far a step is. */
    @FunctionalInterface
    public interface Progress {
        void show(String label, long done, long total);
    }

    /** What is sent into a catalogue that exists and has no products yet. */
    @FunctionalInterface
    public interface Beforehand {
        void send() throws ApiException;
    }

    /**
     * Brings the catalogue in unless it is there, and waits until every product is searchable with
     * its vector. An import that broke off is repeated: what is there already stays as it is.
     */
    public void load(VitrineClient client, Progress progress, Consumer<String> say)
            throws ApiException {
        load(client, () -> {}, progress, say);
    }

    /**
     * As {@link #load(VitrineClient, Progress, Consumer)}, and sends something when the catalogue
     * has to be brought in. That comes before the products, so that a catalogue with all products
     * had it sent, whenever an earlier run broke off.
     */
    public void load(
            VitrineClient client, Beforehand first, Progress progress, Consumer<String> say)
            throws ApiException {
        Optional<CatalogStatus> found = client.catalog(name);
        if (found.isEmpty() || found.get().products() < products) {
            create(client);
            first.send();
            importProducts(client, progress, say);
        }
        CatalogStatus done =
                CatalogWait.until(
                        client,
                        name,
                        CatalogStatus::allWithVector,
                        STALLED,
                        status ->
                                progress.show(
                                        "Searchable with vector:",
                                        Math.min(status.withVector(), status.searchable()),
                                        status.products()));
        say.accept(
                "Catalogue %s: %,d products, searchable with vectors"
                        .formatted(name, done.searchable()));
    }

    /** The file with the products. */
    public ProductFile file() {
        return ProductFile.of("demo/" + name, () -> open("products.ndjson.gz"));
    }

    private void create(VitrineClient client) throws ApiException {
        try (InputStream schema = open("schema.json")) {
            client.putCatalog(name, client.json().readTree(schema));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void importProducts(VitrineClient client, Progress progress, Consumer<String> say)
            throws ApiException {
        long from = System.nanoTime();
        ProductImport sending = new ProductImport(client, name);
        try (ProductBatches batches = new ProductBatches(file(), DocumentShape.PLAIN)) {
            sending.run(
                    batches, lines -> progress.show("Importing " + name + ":", lines, products));
        }
        if (sending.rejected() > 0) {
            sending.rejections().forEach(say);
            throw new IllegalStateException(
                    "%d products of the demo catalogue were refused".formatted(sending.rejected()));
        }
        say.accept(
                "Imported %,d products in %.1f s"
                        .formatted(
                                sending.accepted(), (System.nanoTime() - from) / 1_000_000_000.0));
    }

    InputStream open(String resource) throws IOException {
        String path = "/demo/" + name + "/" + resource;
        InputStream in = DemoCatalog.class.getResourceAsStream(path);
        if (in == null) {
            throw new IOException("The resource " + path + " is missing from this build");
        }
        return in;
    }
}
