package dev.vitrine.standalone.command;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.CatalogStatus;
import dev.vitrine.standalone.client.CatalogWait;
import dev.vitrine.standalone.client.ProductImport;
import dev.vitrine.standalone.client.ProductReplace;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.inference.InferredSchema;
import dev.vitrine.standalone.inference.SchemaInference;
import dev.vitrine.standalone.source.DocumentShape;
import dev.vitrine.standalone.source.ProductBatches;
import dev.vitrine.standalone.source.ProductFile;
import dev.vitrine.standalone.source.ProductFileException;
import dev.vitrine.standalone.source.ProductSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Brings a file of products into a catalogue of a running Vitrine. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import products from NDJSON or CSV (gzip and zstd too) and wait until they are searchable.",
            "A broken import can be repeated without harm."
        })
final class ImportCommand implements Callable<Integer> {
    /** As many products decide on the types; the rest of a larger file is taken on trust. */
    private static final int SAMPLE = 50_000;

    private static final Duration STALLED = Duration.ofMinutes(2);
    private static final String CATALOG_NAME = "[a-z0-9][a-z0-9_-]{0,62}";

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--catalog", paramLabel = "C", required = true, description = "The catalogue.")
    private String catalog = "";

    @Option(
            names = "--create",
            description =
                    "Create the catalogue if it is missing, with a schema inferred from FILE.")
    private boolean create;

    @Option(
            names = "--id",
            paramLabel = "FIELD",
            description = {
                "The field that identifies a product. Needed where FILE has no field id",
                "and the catalogue holds products already."
            })
    private @Nullable String id;

    @Option(
            names = "--replace",
            description = {
                "FILE is the whole catalogue: what it does not contain is deleted at the end.",
                "Nothing is deleted when the file does not arrive whole or many lines are refused."
            })
    private boolean replace;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Not in this release.")
    private @Nullable Path mapping;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Parameters(paramLabel = "FILE", description = "The products.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        if (mapping != null) {
            throw new ParameterException(
                    spec.commandLine(), "--mapping comes with a later release");
        }
        if (!catalog.matches(CATALOG_NAME)) {
            throw new ParameterException(
                    spec.commandLine(), "No catalogue can have the name " + catalog);
        }
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Which file?");
        }
        Console console = Console.of(spec.commandLine().getOut());
        try (VitrineClient client = new VitrineClient(target.gateway())) {
            return bringIn(client, ProductFile.at(file), console);
        } catch (ProductFileException | ApiException failed) {
            throw new CommandFailedException(failed);
        }
    }

    private int bringIn(VitrineClient client, ProductFile products, Console console)
            throws ApiException, IOException, CommandFailedException {
        Optional<CatalogStatus> existing = client.catalog(catalog);
        if (existing.isEmpty() && !create) {
            throw new CommandFailedException(
                    "There is no catalogue "
                            + catalog
                            + "; --create makes one with a schema inferred from the file");
        }
        SchemaInference inference = new SchemaInference();
        var _ = ProductSample.read(products, SAMPLE, inference::add);
        if (inference.documents() == 0) {
            throw new CommandFailedException(products.name() + " holds no products");
        }
        InferredSchema schema = identified(inference, existing);
        DocumentShape shape =
                existing.map(status -> schema.shapeFor(status.schema())).orElseGet(schema::shape);
        if (existing.isEmpty()) {
            client.putCatalog(catalog, schema.toJson(client.json()));
            console.line(
                    "Created catalogue %s with %d fields; facets: %s"
                            .formatted(catalog, schema.fields().size(), schema.facets()));
        }
        console.line(
                schema.idField()
                        .map(field -> "Products are identified by the field " + field)
                        .orElse(
                                "No field identifies a product: rows are numbered, so import this file in this order only"));
        long total = inference.documents() < SAMPLE ? inference.documents() : 0;
        return send(client, products, shape, total, console);
    }

    /**
     * What identifies a product may be guessed for the first file of a catalogue only: another
     * guess for the next one would make new products of old ones, and delete these in a replace.
     */
    private InferredSchema identified(SchemaInference inference, Optional<CatalogStatus> existing)
            throws CommandFailedException {
        if (id != null) {
            return inference
                    .propose(id)
                    .orElseThrow(() ->
                            new CommandFailedException(
                                    "No field %s holds one value of each product".formatted(id)));
        }
        InferredSchema guessed = inference.propose();
        boolean holdsProducts = existing.filter(status -> status.products() > 0).isPresent();
        if (holdsProducts && !guessed.idField().equals(Optional.of(DocumentShape.ID))) {
            throw new CommandFailedException(
                    "The file has no field id, and catalogue %s holds products already: --id FIELD says which field identifies a product%s"
                            .formatted(
                                    catalog,
                                    guessed.idField()
                                            .map(field -> ", for example --id " + field)
                                            .orElse("")));
        }
        return guessed;
    }

    private int send(
            VitrineClient client,
            ProductFile products,
            DocumentShape shape,
            long total,
            Console console)
            throws ApiException, IOException {
        if (replace) {
            return replaceAll(client, products, shape, total, console);
        }
        ProductImport sending = new ProductImport(client, catalog);
        long from = System.nanoTime();
        double seconds;
        try (ProductBatches batches = new ProductBatches(products, shape)) {
            sending.run(batches, lines -> console.progress("Importing:", lines, total));
            batches.leftOut()
                    .forEach((field, values) ->
                            console.line(
                                    "Left out %,d values of %s that are no numbers"
                                            .formatted(values, field)));
        } finally {
            seconds = (System.nanoTime() - from) / 1_000_000_000.0;
            sending.rejections().forEach(console::line);
            console.line(
                    "Accepted %,d, rejected %,d, %.1f s"
                            .formatted(sending.accepted(), sending.rejected(), seconds));
            writeJson(client, sending.accepted(), sending.rejected(), null, seconds);
        }
        awaitSearchable(client, from, console);
        return sending.accepted() == 0 ? Vitrine.FAILED : Vitrine.DONE;
    }

    private int replaceAll(
            VitrineClient client,
            ProductFile products,
            DocumentShape shape,
            long total,
            Console console)
            throws ApiException, IOException {
        ProductReplace sending = new ProductReplace(client, catalog);
        long from = System.nanoTime();
        double seconds;
        try (ProductBatches batches = new ProductBatches(products, shape)) {
            sending.run(
                    batches,
                    lines -> console.progress("Sending:", lines, total),
                    lines -> console.progress("Replacing:", lines, total),
                    STALLED);
        } finally {
            seconds = (System.nanoTime() - from) / 1_000_000_000.0;
            sending.rejections().forEach(console::line);
            console.line(
                    "Accepted %,d, rejected %,d, deleted %,d, %.1f s"
                            .formatted(
                                    sending.accepted(),
                                    sending.rejected(),
                                    sending.deleted(),
                                    seconds));
            writeJson(client, sending.accepted(), sending.rejected(), sending.deleted(), seconds);
        }
        awaitSearchable(client, from, console);
        return Vitrine.DONE;
    }

    private void awaitSearchable(VitrineClient client, long from, Console console)
            throws ApiException {
        CatalogStatus done =
                CatalogWait.until(
                        client,
                        catalog,
                        CatalogStatus::allSearchable,
                        STALLED,
                        status ->
                                console.progress(
                                        "Searchable:", status.searchable(), status.products()));
        console.line(
                "%,d products are searchable after %.1f s%s"
                        .formatted(
                                done.searchable(),
                                (System.nanoTime() - from) / 1_000_000_000.0,
                                done.allWithVector()
                                        ? ""
                                        : "; vectors for %,d are being made"
                                                .formatted(done.semanticPending())));
    }

    private void writeJson(
            VitrineClient client,
            long accepted,
            long rejected,
            @Nullable Long deleted,
            double seconds)
            throws IOException {
        if (jsonFile == null) {
            return;
        }
        ObjectNode result = client.json().createObjectNode();
        result.put("accepted", accepted);
        result.put("rejected", rejected);
        if (deleted != null) {
            result.put("deleted", deleted);
        }
        result.put("seconds", seconds);
        Files.writeString(
                jsonFile,
                client.json().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    }
}
