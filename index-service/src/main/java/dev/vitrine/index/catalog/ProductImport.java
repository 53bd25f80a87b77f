package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.contracts.catalog.WriteStatus;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.task.TaskErrors;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an import: reads lines, commits them in chunks, and gives one result for each, in
 * order. No line fails another one: what cannot be read is answered and passed over, and a chunk
 * that the database refuses for one line's sake is written line by line. Progress is noted in the
 * task within the transaction of the chunk.
 *
 * <p>Somebody waits for the answers of an <em>attended</em> run: while the database is away its
 * lines are refused as retryable; none is dropped without an answer. Nobody waits for an unattended
 * one, and its lines were accepted: it stops with the exception and is taken up again. One thread.
 */
final class ProductImport {

    private static final Logger log = LoggerFactory.getLogger(ProductImport.class);

    /** Takes the result of each line. */
    @FunctionalInterface
    interface Results {
        void add(ImportResult result) throws IOException;
    }

    /**
     * What an import works with.
     *
     * @param writer writes products
     * @param reader reads documents
     * @param transactions for what is noted alone
     * @param properties bounds
     */
    record Tools(
            CatalogWriter writer,
            DocumentReader reader,
            Transactions transactions,
            ImportProperties properties) {}

    private final Tools tools;
    private final ImportProperties properties;
    private final CatalogRef catalog;
    private final ImportMode mode;
    private final ImportProgress progress;
    private final boolean attended;
    private final Results results;

    private final List<Entry> chunk = new ArrayList<>();
    private final long skip;
    private long read;
    private long chunkSize;
    private int failedChunks;
    private boolean unnoted;
    private @Nullable TaskFault brokenOff;
    private ImportReport report;

    /**
     * @param sofar what an earlier run has noted; its lines are passed over
     * @param attended whether somebody waits for the answers
     */
    ProductImport(
            Tools tools,
            CatalogRef catalog,
            ImportMode mode,
            ImportProgress progress,
            ImportReport sofar,
            boolean attended,
            Results results) {
        this.tools = tools;
        this.properties = tools.properties();
        this.catalog = catalog;
        this.mode = mode;
        this.progress = progress;
        this.skip = sofar.lines();
        this.report = sofar;
        this.attended = attended;
        this.results = results;
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

    /**
     * Reads to the end, deletes what a replacing import did not contain, and ends the task.
     *
     * @param carryOn asked again and again; no = the run ends and the task stays as it was noted
     * @return the counts; empty when it was not to carry on
     * @throws ProblemException with UNAVAILABLE or TASK_LOST, of an unattended run only
     */
    Optional<ImportReport> run(ImportSource source, BooleanSupplier carryOn) throws IOException {
        long last = 0;
        while (brokenOff == null) {
            if (!carryOn.getAsBoolean()) {
                return Optional.empty();
            }
            ImportLine line;
            try {
                line = source.next();
            } catch (IOException e) {
                breakOff(last + 1, broken(e));
                break;
            }
            if (line == null) {
                break;
            }
            last = line.number();
            if (read >= properties.maxLines()) {
                breakOff(last, tooLarge(properties.maxLines() + " lines"));
            } else {
                add(entry(line));
            }
        }
        commit();
        if (mode == ImportMode.REPLACE && !deleteRest(carryOn)) {
            return Optional.empty();
        }
        end();
        return Optional.of(report);
    }

    private void breakOff(long line, ProblemException why) throws IOException {
        brokenOff = new TaskFault(why.code().code(), why.detail());
        add(new Entry(line, null, null, why));
    }

    private Entry entry(ImportLine line) {
        String id = null;
        try {
            Map<String, Object> document =
                    switch (line) {
                        case ImportLine.Bad bad -> throw bad.problem();
                        case ImportLine.Row row -> {
                            chunkSize += row.size();
                            yield tools.reader().check(row.values());
                        }
                        case ImportLine.Json json -> {
                            chunkSize += json.json().length();
                            yield tools.reader().read(json.json());
                        }
                    };
            id = id(document);
            return new Entry(line.number(), id, mode.command(id, document), null);
        } catch (ProblemException e) {
            return new Entry(line.number(), id == null ? spared(line) : id, null, e);
        }
    }

    /** The product that a refused line was about, which a replacing import must not delete. */
    private @Nullable String spared(ImportLine line) {
        if (mode != ImportMode.REPLACE) {
            return null;
        }
        return switch (line) {
            case ImportLine.Json json -> LineIds.find(json.json());
            case ImportLine.Row row ->
                    row.values().get("id") instanceof String id && ProductKey.isId(id) ? id : null;
            case ImportLine.Bad bad -> null;
        };
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
        read++;
        if (read <= skip) {
            chunkSize = 0;
            return;
        }
        chunk.add(entry);
        if (chunk.size() >= properties.chunkLines()
                || chunkSize >= properties.chunkSize().toBytes()) {
            commit();
        }
    }

    private void commit() throws IOException {
        if (chunk.isEmpty()) {
            return;
        }
        List<WriteCommand> commands = new ArrayList<>(chunk.size());
        for (Entry entry : chunk) {
            if (entry.command() != null) {
                commands.add(entry.command());
            }
        }
        List<ImportResult> answers = resultsOf(write(commands));
        report = plus(answers);
        for (ImportResult answer : answers) {
            results.add(answer);
        }
        chunk.clear();
        chunkSize = 0;
    }

    /** Writes a chunk and notes it, together unless something is in the way. */
    private List<WriteOutcome> write(List<WriteCommand> commands) {
        if (attended && failedChunks >= properties.maxFailedChunks()) {
            unnoted = true;
            return refuse(
                    commands,
                    new ProblemException(
                            CommonErrors.UNAVAILABLE, "the database did not answer before"));
        }
        try {
            List<WriteOutcome> outcomes;
            if (commands.isEmpty()) {
                outcomes = List.of();
                noteAlone(outcomes);
            } else {
                outcomes = tools.writer().write(catalog, commands, this::note);
            }
            failedChunks = 0;
            return outcomes;
        } catch (ProblemException e) {
            if (!attended && !isOfTheLines(e)) {
                throw e;
            }
            if (e.code().equals(CommonErrors.UNAVAILABLE)) {
                failedChunks++;
                log.warn("{} lines are refused: {}", commands.size(), String.valueOf(e.getCause()));
            }
            return tryToNote(refuse(commands, e));
        } catch (RuntimeException e) {
            log.warn("a chunk is written line by line: {}", e.toString());
            List<WriteOutcome> outcomes = new ArrayList<>(commands.size());
            for (WriteCommand command : commands) {
                outcomes.add(writeAlone(command));
            }
            return tryToNote(outcomes);
        }
    }

    private WriteOutcome writeAlone(WriteCommand command) {
        try {
            return tools.writer().write(catalog, List.of(command)).getFirst();
        } catch (ProblemException e) {
            if (!attended && !isOfTheLines(e)) {
                throw e;
            }
            return new WriteOutcome.Refused(command.id(), e);
        } catch (RuntimeException e) {
            log.error("product '{}' cannot be written", command.id(), e);
            return new WriteOutcome.Refused(
                    command.id(),
                    new ProblemException(CommonErrors.INTERNAL, "see the log of index-service", e));
        }
    }

    /** Whether trying again later would give the same: then the lines are refused. */
    private static boolean isOfTheLines(ProblemException problem) {
        return !problem.code().equals(CommonErrors.UNAVAILABLE)
                && !problem.code().equals(TaskErrors.TASK_LOST);
    }

    private List<WriteOutcome> tryToNote(List<WriteOutcome> outcomes) {
        try {
            noteAlone(outcomes);
        } catch (ProblemException e) {
            if (!attended) {
                throw e;
            }
            log.warn("lines are not noted in their task: {}", e.toString());
            unnoted = true;
        }
        return outcomes;
    }

    private void noteAlone(List<WriteOutcome> outcomes) {
        tools.transactions()
                .run(() -> {
                    note(outcomes);
                    return true;
                });
    }

    private void note(List<WriteOutcome> outcomes) {
        progress.note(
                plus(resultsOf(outcomes)),
                chunk.stream().map(Entry::id).filter(Objects::nonNull).toList());
    }

    private static List<WriteOutcome> refuse(List<WriteCommand> commands, ProblemException why) {
        return commands.stream()
                .map(command -> (WriteOutcome) new WriteOutcome.Refused(command.id(), why))
                .toList();
    }

    /** The results of the chunk; outcomes are those of its lines that had a command. */
    private List<ImportResult> resultsOf(List<WriteOutcome> outcomes) {
        List<ImportResult> answers = new ArrayList<>(chunk.size());
        int next = 0;
        for (Entry entry : chunk) {
            ProblemException problem = entry.problem();
            answers.add(
                    problem != null
                            ? ImportResult.rejected(entry.number(), entry.id(), problem)
                            : result(entry, outcomes.get(next++)));
        }
        return answers;
    }

    private static ImportResult result(Entry entry, WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Accepted done ->
                    new ImportResult(
                            entry.number(),
                            done.result().id(),
                            done.result().status(),
                            done.result().version(),
                            null);
            case WriteOutcome.Refused refused ->
                    ImportResult.rejected(entry.number(), entry.id(), refused.problem());
        };
    }

    private ImportReport plus(List<ImportResult> answers) {
        long rejected = 0;
        long unidentified = 0;
        List<ImportReport.Rejection> rejections = new ArrayList<>(report.rejections());
        for (ImportResult answer : answers) {
            ImportResult.Fault fault = answer.error();
            if (fault == null) {
                continue;
            }
            rejected++;
            unidentified += answer.id() == null ? 1 : 0;
            if (rejections.size() < properties.rejectionsKept()) {
                rejections.add(
                        new ImportReport.Rejection(
                                answer.line(),
                                answer.id(),
                                fault.code(),
                                fault.pointer(),
                                fault.message()));
            }
        }
        return new ImportReport(
                report.accepted() + answers.size() - rejected,
                report.rejected() + rejected,
                report.lines() + answers.size(),
                report.unidentified() + unidentified,
                report.deleted(),
                report.notDeleted(),
                rejections);
    }

    /**
     * Deletes what existed at the start and was not named, in the life that it had then.
     *
     * @return false when it was not to carry on
     */
    private boolean deleteRest(BooleanSupplier carryOn) {
        Optional<TaskFault> reason = reasonToDeleteNothing();
        if (reason.isPresent()) {
            report = report.notDeletedBecause(reason.get());
            return true;
        }
        try {
            while (carryOn.getAsBoolean()) {
                List<ReplaceCandidates.Candidate> batch =
                        tools.transactions()
                                .run(() ->
                                        progress.candidates()
                                                .next(progress.task(), properties.chunkLines()));
                if (batch.isEmpty()) {
                    return true;
                }
                report = report.plusDeleted(deleted(delete(batch)));
            }
            return false;
        } catch (ProblemException e) {
            if (!attended) {
                throw e;
            }
            report =
                    report.notDeletedBecause(
                            new TaskFault(
                                    e.code().code(),
                                    "not everything is deleted, send the import again: "
                                            + e.detail()));
            return true;
        }
    }

    private List<WriteOutcome> delete(List<ReplaceCandidates.Candidate> batch) {
        List<WriteCommand> commands =
                batch.stream()
                        .map(candidate ->
                                (WriteCommand)
                                        new WriteCommand.Delete(
                                                candidate.id(),
                                                false,
                                                new Precondition.SameLifeAs(candidate.version())))
                        .toList();
        return tools.writer()
                .write(
                        catalog,
                        commands,
                        outcomes ->
                                progress.note(
                                        report.plusDeleted(deleted(outcomes)),
                                        commands.stream().map(WriteCommand::id).toList()));
    }

    private static long deleted(List<WriteOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome ->
                        outcome instanceof WriteOutcome.Accepted done
                                && done.result().status() == WriteStatus.DELETED)
                .count();
    }

    /** A feed that did not arrive as it should says nothing about what it lacks. */
    private Optional<TaskFault> reasonToDeleteNothing() {
        if (brokenOff != null) {
            return Optional.of(brokenOff);
        }
        if (unnoted) {
            return Optional.of(
                    new TaskFault(
                            CommonErrors.UNAVAILABLE.code(),
                            "the database was away for some of the lines"));
        }
        if (report.unidentified() > 0) {
            return Optional.of(
                    new TaskFault(
                            "LINES_WITHOUT_ID",
                            report.unidentified()
                                    + " refused lines do not say which product they are about"));
        }
        if (report.accepted() == 0) {
            return Optional.of(new TaskFault("NOTHING_ACCEPTED", "no line was accepted"));
        }
        if (report.rejected() > properties.replaceMaxRejected() * report.lines()) {
            return Optional.of(
                    new TaskFault(
                            "TOO_MANY_REJECTED",
                            report.rejected() + " of " + report.lines() + " lines were refused"));
        }
        return Optional.empty();
    }

    private void end() {
        TaskFault fault = report.notDeleted() == null ? brokenOff : report.notDeleted();
        try {
            tools.transactions()
                    .run(() -> {
                        progress.end(report, fault);
                        return true;
                    });
        } catch (ProblemException e) {
            if (!attended) {
                throw e;
            }
            log.warn("the end of an import is not noted in its task: {}", e.toString());
        }
    }

    private ProblemException broken(IOException cause) {
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
