package dev.vitrine.standalone.client;

import dev.vitrine.standalone.source.ProductBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends a whole file as one import that replaces the catalogue, and follows its task to the end.
 * The file goes in one body, because what it does not contain is known only when it has ended; a
 * body that breaks off deletes nothing.
 *
 * <p>Not for several threads.
 */
public final class ProductReplace {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final VitrineClient client;
    private final String catalog;
    private @Nullable JsonNode task;

    public ProductReplace(VitrineClient client, String catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /**
     * Sends everything and waits until it is done.
     *
     * @param sent told the number of lines sent so far
     * @param done told the number of lines worked on so far
     * @param stalled give up when the task has not moved for so long
     * @throws ApiException when it was refused, broke off, failed, or got stuck
     */
    public void run(
            Iterator<ProductBatch> batches, LongConsumer sent, LongConsumer done, Duration stalled)
            throws ApiException {
        if (!batches.hasNext()) {
            throw new ApiException(422, "There is nothing to send");
        }
        ProductBatch first = batches.next();
        String id =
                client.acceptImport(
                        catalog,
                        first.contentType(),
                        new SequenceInputStream(new Bodies(first, batches, sent)));
        CountDownLatch never = new CountDownLatch(1);
        long moved = System.nanoTime();
        while (true) {
            Optional<JsonNode> now = tolerant(id);
            if (now.isPresent()) {
                JsonNode seen = now.get();
                if (!seen.equals(task)) {
                    moved = System.nanoTime();
                    task = seen;
                }
                done.accept(seen.path("done").asLong(0));
                if (seen.has("finishedAt")) {
                    failUnlessGood(seen);
                    return;
                }
            }
            if (System.nanoTime() - moved > stalled.toNanos()) {
                throw new ApiException(
                        504,
                        "Task %s did not get further for %d s: %s"
                                .formatted(id, stalled.toSeconds(), String.valueOf(task)));
            }
            try {
                boolean counted = never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
                assert !counted;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ApiException("Interrupted", interrupted);
            }
        }
    }

    /** Lines that were committed, unchanged ones included. */
    public long accepted() {
        return report("accepted");
    }

    /** Lines that were refused. */
    public long rejected() {
        return report("rejected");
    }

    /** Products that the file did not contain and that are gone. */
    public long deleted() {
        return report("deleted");
    }

    /** The first refusals, for people. */
    public List<String> rejections() {
        List<String> texts = new ArrayList<>();
        if (task != null) {
            for (JsonNode refused : task.at("/report/rejections")) {
                texts.add(
                        "line %d, id %s: %s %s %s"
                                .formatted(
                                        refused.path("line").asLong(0),
                                        refused.path("id").asString("-"),
                                        refused.path("code").asString(""),
                                        refused.path("pointer").asString(""),
                                        refused.path("message").asString("")));
            }
        }
        return texts;
    }

    private long report(String count) {
        return task == null ? 0 : task.path("report").path(count).asLong(0);
    }

    private static void failUnlessGood(JsonNode task) throws ApiException {
        if (!task.path("state").asString("").equals("succeeded")) {
            throw new ApiException(
                    422,
                    "%s: %s%s"
                            .formatted(
                                    task.at("/error/code").asString("FAILED"),
                                    task.at("/error/message").asString(""),
                                    task.at("/report/deleted").asLong(0) == 0
                                            ? "; nothing was deleted"
                                            : ""));
        }
    }

    /** A service that restarts meanwhile takes the task up again, and is waited for. */
    private Optional<JsonNode> tolerant(String id) throws ApiException {
        try {
            return Optional.of(client.task(id));
        } catch (ApiException failed) {
            if (failed.passing()) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** The batches as one body: of CSV the header of the first one only. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing newer.
    private static final class Bodies implements Enumeration<InputStream> {
        private final Iterator<ProductBatch> rest;
        private final LongConsumer sent;
        private @Nullable ProductBatch first;
        private long lines;

        Bodies(ProductBatch first, Iterator<ProductBatch> rest, LongConsumer sent) {
            this.first = first;
            this.rest = rest;
            this.sent = sent;
        }

        @Override
        public boolean hasMoreElements() {
            return first != null || rest.hasNext();
        }

        @Override
        public InputStream nextElement() {
            ProductBatch batch = first;
            int from = 0;
            if (batch == null) {
                batch = rest.next();
                from = batch.contentType().startsWith("text/csv") ? firstRow(batch.body()) : 0;
            }
            first = null;
            lines += batch.products();
            sent.accept(lines);
            return new ByteArrayInputStream(batch.body(), from, batch.body().length - from);
        }

        /** Where the row after the header begins; a name in quotes may hold a line end. */
        private static int firstRow(byte[] csv) {
            boolean quoted = false;
            for (int i = 0; i < csv.length; i++) {
                if (csv[i] == '"') {
                    quoted = !quoted;
                } else if (csv[i] == '\n' && !quoted) {
                    return i + 1;
                }
            }
            return csv.length;
        }
    }
}
