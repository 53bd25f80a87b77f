package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an import: reads lines, commits them in chunks, and spools one result line for each,
 * in order. No line fails another one: what cannot be read is answered and passed over, and a chunk
 * that the database refuses for one line's sake is written line by line. While the database is away
 * lines are refused as retryable; none is dropped without an answer. One thread.
 */
final class ProductImport {

    private static final Logger log = LoggerFactory.getLogger(ProductImport.class);
    private static final double NANOS = 1e9;

    private final CatalogWriter writer;
    private final DocumentReader reader;
    private final ImportProperties properties;
    private final Clock clock;
    private final CatalogRef catalog;
    private final ImportMode mode;
    private final ResultSpool spool;

    private final List<Entry> chunk = new ArrayList<>();
    private long chunkSize;
    private int failedChunks;
    private long lines;
    private long accepted;

    ProductImport(
            CatalogWriter writer,
            DocumentReader reader,
            ImportProperties properties,
            Clock clock,
            CatalogRef catalog,
            ImportMode mode,
            ResultSpool spool) {
        this.writer = writer;
        this.reader = reader;
        this.properties = properties;
        this.clock = clock;
        this.catalog = catalog;
        this.mode = mode;
        this.spool = spool;
    }

    /**
     * A line that waits for its chunk.
     *
     * @param number line number
     * @param id product id, or null
     * @param command what to do, or null when the line is refused already
     * @param problem why it is refused, or null
     */
    private record Entry(
            long number,
            @Nullable String id,
            @Nullable WriteCommand command,
            @Nullable ProblemException problem) {}

    /** Reads to the end and returns the counts; the spool holds the result lines. */
    ImportResult.Summary run(ImportSource source) throws IOException {
        Instant start = clock.instant();
        long last = 0;
        while (true) {
            ImportLine line;
            try {
                line = source.next();
            } catch (IOException e) {
                add(new Entry(last + 1, null, null, brokenOff(e)));
                break;
            }
            if (line == null) {
                break;
            }
            last = line.number();
            if (lines + chunk.size() >= properties.maxLines()) {
                add(new Entry(last, null, null, tooLarge(properties.maxLines() + " lines")));
                break;
            }
            add(entry(line));
        }
        commit();
        double seconds = Duration.between(start, clock.instant()).toNanos() / NANOS;
        ImportResult.Summary summary =
                new ImportResult.Summary(accepted, lines - accepted, lines, seconds);
        spool.write(WireJson.write(new ImportResult.Last(summary)));
        return summary;
    }

    private Entry entry(ImportLine line) {
        String id = null;
        try {
            Map<String, Object> document =
                    switch (line) {
                        case ImportLine.Bad bad -> throw bad.problem();
                        case ImportLine.Row row -> {
                            chunkSize += row.size();
                            yield reader.check(row.values());
                        }
                        case ImportLine.Json json -> {
                            chunkSize += json.json().length();
                            yield reader.read(json.json());
                        }
                    };
            id = id(document);
            return new Entry(line.number(), id, mode.command(id, document), null);
        } catch (ProblemException e) {
            return new Entry(line.number(), id, null, e);
        }
    }

    /** Takes the id out of the document. */
    private static String id(Map<String, Object> document) {
        Object id = document.remove("id");
        String text =
                switch (id) {
                    case String given -> given;
                    case Integer number -> number.toString();
                    case Long number -> number.toString();
                    case null -> {
                        String message = "every line needs an id";
                        throw new ProblemException(WriterErrors.PRODUCT_ID_INVALID, message)
                                .withErrors(List.of(new FieldError("/id", message)));
                    }
                    default -> "";
                };
        if (!ProductKey.isId(text)) {
            throw ProductController.invalidId("/id");
        }
        return text;
    }

    private void add(Entry entry) throws IOException {
        chunk.add(entry);
        if (chunk.size() >= properties.chunkLines()
                || chunkSize >= properties.chunkSize().toBytes()) {
            commit();
        }
    }

    private void commit() throws IOException {
        List<WriteCommand> commands = new ArrayList<>(chunk.size());
        for (Entry entry : chunk) {
            if (entry.command() != null) {
                commands.add(entry.command());
            }
        }
        List<WriteOutcome> outcomes = commands.isEmpty() ? List.of() : write(commands);
        int next = 0;
        for (Entry entry : chunk) {
            WriteOutcome outcome =
                    entry.command() != null
                            ? outcomes.get(next++)
                            : new WriteOutcome.Refused("", problemOf(entry));
            answer(entry, outcome);
        }
        chunk.clear();
        chunkSize = 0;
    }

    private static ProblemException problemOf(Entry entry) {
        ProblemException problem = entry.problem();
        if (problem == null) {
            throw new IllegalStateException("a line without command has a problem");
        }
        return problem;
    }

    private List<WriteOutcome> write(List<WriteCommand> commands) {
        if (failedChunks >= properties.maxFailedChunks()) {
            return refuse(
                    commands,
                    new ProblemException(
                            CommonErrors.UNAVAILABLE, "the database did not answer before"));
        }
        try {
            List<WriteOutcome> outcomes = writer.write(catalog, commands);
            failedChunks = 0;
            return outcomes;
        } catch (ProblemException e) {
            if (e.code().equals(CommonErrors.UNAVAILABLE)) {
                failedChunks++;
                log.warn("{} lines are refused: {}", commands.size(), String.valueOf(e.getCause()));
            }
            return refuse(commands, e);
        } catch (RuntimeException e) {
            if (commands.size() == 1) {
                log.error("product '{}' cannot be written", commands.getFirst().id(), e);
                return refuse(
                        commands,
                        new ProblemException(
                                CommonErrors.INTERNAL, "see the log of index-service", e));
            }
            log.warn("a chunk is written line by line: {}", e.toString());
            List<WriteOutcome> outcomes = new ArrayList<>(commands.size());
            for (WriteCommand command : commands) {
                outcomes.addAll(write(List.of(command)));
            }
            return outcomes;
        }
    }

    private static List<WriteOutcome> refuse(List<WriteCommand> commands, ProblemException why) {
        return commands.stream()
                .map(command -> (WriteOutcome) new WriteOutcome.Refused(command.id(), why))
                .toList();
    }

    private void answer(Entry entry, WriteOutcome outcome) throws IOException {
        lines++;
        ImportResult result =
                switch (outcome) {
                    case WriteOutcome.Accepted done -> {
                        accepted++;
                        yield new ImportResult(
                                entry.number(),
                                done.result().id(),
                                done.result().status(),
                                done.result().version(),
                                null);
                    }
                    case WriteOutcome.Refused refused ->
                            ImportResult.rejected(entry.number(), entry.id(), refused.problem());
                };
        spool.write(WireJson.write(result));
    }

    private ProblemException brokenOff(IOException cause) {
        if (cause instanceof LimitedInputStream.LimitExceededException) {
            return tooLarge(properties.maxBodySize().toMegabytes() + " MB");
        }
        return new ProblemException(
                WriterErrors.IMPORT_BROKEN_OFF,
                "the body could not be read further: " + cause.getMessage(),
                cause);
    }

    private static ProblemException tooLarge(String limit) {
        return new ProblemException(
                WriterErrors.IMPORT_TOO_LARGE,
                "an import may have " + limit + "; this line and all after it were not read");
    }
}
