package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ImportReport;
import dev.vitrine.contracts.catalog.TaskFault;
import dev.vitrine.contracts.catalog.TaskKind;
import dev.vitrine.index.idempotency.IdempotencyKeys;
import dev.vitrine.index.idempotency.RequestKey;
import dev.vitrine.index.task.Tasks;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes imports in: either works on the body while it comes, or keeps it and lets {@link
 * ImportQueue} do the work. Either way there is a task before the first line is read, so that a
 * second replace of the catalogue is refused at once. Thread-safe.
 */
final class Imports {

    private static final Logger log = LoggerFactory.getLogger(Imports.class);
    private static final double NANOS = 1e9;

    private final ProductImport.Tools tools;
    private final Tasks tasks;
    private final ReplaceCandidates candidates;
    private final ImportBodies bodies;
    private final ImportSources sources;
    private final ImportQueue queue;
    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Transactions transactions;

    Imports(
            ProductImport.Tools tools,
            Tasks tasks,
            ReplaceCandidates candidates,
            ImportBodies bodies,
            ImportSources sources,
            ImportQueue queue,
            IdempotencyKeys keys,
            Clock clock) {
        this.tools = tools;
        this.tasks = tasks;
        this.candidates = candidates;
        this.bodies = bodies;
        this.sources = sources;
        this.queue = queue;
        this.keys = keys;
        this.clock = clock;
        this.transactions = tools.transactions();
    }

    /**
     * Works on an import while its body comes; the spool then holds one line for each of its lines
     * and the summary.
     *
     * @throws ProblemException with REPLACE_UNDER_WAY, UNSUPPORTED_MEDIA_TYPE or UNAVAILABLE,
     *     before anything was written
     */
    void run(CatalogRef ref, ImportSpec spec, InputStream body, ResultSpool spool)
            throws IOException {
        Instant start = clock.instant();
        String task = begin(ref, spec.mode());
        try {
            boolean replacing = spec.mode() == ImportMode.REPLACE;
            ImportReport report =
                    new ProductImport(
                                    tools,
                                    ref,
                                    spec.mode(),
                                    new ImportProgress(tasks, candidates, task, replacing),
                                    ImportReport.EMPTY,
                                    true,
                                    result -> spool.write(WireJson.write(result)))
                            .run(open(body, spec), () -> true)
                            .orElseThrow();
            ImportResult.Summary summary =
                    new ImportResult.Summary(
                            report.accepted(),
                            report.rejected(),
                            report.lines(),
                            Duration.between(start, clock.instant()).toNanos() / NANOS,
                            task,
                            replacing ? report.deleted() : null,
                            report.notDeleted());
            spool.write(WireJson.write(new ImportResult.Last(summary)));
            log.info(
                    "import into {}: {} accepted, {} rejected, {} s",
                    ref.key(),
                    summary.accepted(),
                    summary.rejected(),
                    summary.seconds());
        } catch (ProblemException e) {
            fail(task, e);
            throw e;
        } catch (IOException e) {
            fail(
                    task,
                    new ProblemException(
                            CommonErrors.INTERNAL,
                            "its results could not be kept; what it had committed stays",
                            e));
            throw e;
        } finally {
            tasks.leave(task);
        }
    }

    /**
     * Keeps an import's body; it is worked on later, whatever happens to this process.
     *
     * @param header value of the request's idempotency key, or null
     * @return id of the task
     * @throws ProblemException with REPLACE_UNDER_WAY, IMPORT_BROKEN_OFF, IMPORT_TOO_LARGE,
     *     OVERLOADED, IDEMPOTENCY_KEY_REUSED or UNAVAILABLE; then nothing is kept
     */
    String accept(CatalogRef ref, ImportSpec spec, InputStream body, @Nullable String header)
            throws IOException {
        DigestInputStream digested = new DigestInputStream(body, sha256());
        // Its form is judged before the body is read.
        Optional<RequestKey> form = key(ref, spec, header, "");
        if (form.isPresent()
                && transactions.run(() -> keys.known(ref.tenant(), form.get().key()))) {
            return acceptedBefore(ref, spec, digested, header);
        }
        if (transactions.run(tasks::queued) >= tools.properties().maxQueued()) {
            throw new ProblemException(
                            CommonErrors.OVERLOADED,
                            tools.properties().maxQueued() + " imports wait to be worked on")
                    .withRetryAfter(Duration.ofSeconds(5));
        }
        String task = begin(ref, spec.mode());
        try {
            keepBody(task, digested);
            String accepted = handOver(task, spec, key(ref, spec, header, hash(digested)));
            queue.wake();
            return accepted;
        } catch (ProblemException e) {
            fail(task, e);
            throw e;
        } finally {
            tasks.leave(task);
        }
    }

    private String acceptedBefore(
            CatalogRef ref, ImportSpec spec, DigestInputStream body, @Nullable String header)
            throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
        RequestKey key = key(ref, spec, header, hash(body)).orElseThrow();
        return transactions
                .run(() -> keys.find(key))
                .orElseThrow(() ->
                        new ProblemException(
                                CommonErrors.CONFLICT, "the key was forgotten just now"));
    }

    private void keepBody(String task, InputStream body) {
        try {
            bodies.keep(task, body);
        } catch (LimitedInputStream.LimitExceededException e) {
            throw new ProblemException(
                    WriterErrors.IMPORT_TOO_LARGE,
                    "an import may have "
                            + tools.properties().maxBodySize().toMegabytes()
                            + " MB; nothing of it is kept",
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    WriterErrors.IMPORT_BROKEN_OFF,
                    "the body could not be read to its end; nothing of it is kept",
                    e);
        }
    }

    private String handOver(String task, ImportSpec spec, Optional<RequestKey> key) {
        String json = WireJson.mapper().writeValueAsString(spec);
        return transactions.run(() -> {
            if (key.isEmpty()) {
                tasks.handOver(task, json);
                return task;
            }
            String accepted =
                    keys.once(
                            key.get(),
                            () -> {
                                tasks.handOver(task, json);
                                return task;
                            });
            if (!accepted.equals(task)) {
                tasks.drop(task);
            }
            return accepted;
        });
    }

    private ImportSource open(InputStream body, ImportSpec spec) {
        try {
            return sources.open(body, spec);
        } catch (IOException e) {
            throw new ProblemException(
                    WriterErrors.IMPORT_BROKEN_OFF, "the body could not be read", e);
        }
    }

    private String begin(CatalogRef ref, ImportMode mode) {
        String task = tasks.newId();
        boolean replacing = mode == ImportMode.REPLACE;
        boolean begun = false;
        try {
            begun =
                    transactions.run(() -> {
                        if (!tasks.start(
                                task, replacing ? TaskKind.REPLACE : TaskKind.IMPORT, ref)) {
                            return false;
                        }
                        if (replacing) {
                            candidates.collect(task, ref);
                        }
                        return true;
                    });
        } finally {
            if (!begun) {
                tasks.leave(task);
            }
        }
        if (!begun) {
            throw new ProblemException(
                    WriterErrors.REPLACE_UNDER_WAY,
                    "another import with mode=replace is at work on '"
                            + ref.catalog()
                            + "'; GET /v1/tasks?state=running shows it");
        }
        return task;
    }

    private void fail(String task, ProblemException why) {
        try {
            transactions.run(() -> {
                tasks.failAsNoted(task, new TaskFault(why.code().code(), why.detail()));
                return true;
            });
        } catch (ProblemException e) {
            // Its lease runs out; the task then fails as one whose process died.
            log.warn("the end of import {} is not noted: {}", task, e.toString());
        }
    }

    private static Optional<RequestKey> key(
            CatalogRef ref, ImportSpec spec, @Nullable String header, String bodyHash) {
        return RequestKey.of(
                header,
                ref.tenant(),
                List.of(
                        "import",
                        ref.catalog(),
                        spec.mode().name(),
                        spec.mediaType(),
                        Character.toString(spec.separator()),
                        bodyHash));
    }

    private static String hash(DigestInputStream body) {
        return HexFormat.of().formatHex(body.getMessageDigest().digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
