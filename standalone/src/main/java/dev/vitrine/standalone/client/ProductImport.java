package dev.vitrine.standalone.client;

import dev.vitrine.standalone.source.ProductBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Sends a file's batches one after the other, so that of two lines with the same id the later one
 * wins. A batch whose answer failed for a passing reason is sent again, a bounded number of times:
 * writes are upserts, so what was committed the first time comes back as unchanged.
 *
 * <p>Not for several threads.
 */
public final class ProductImport {
    private static final int TRIES = 5;
    private static final String UNAVAILABLE = "UNAVAILABLE";
    private static final int REJECTIONS_SHOWN = 20;

    private final VitrineClient client;
    private final String catalog;
    private final List<String> rejections = new ArrayList<>();
    private long accepted;
    private long rejected;
    private long sent;

    public ProductImport(VitrineClient client, String catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /**
     * Sends everything.
     *
     * @param progress told the number of lines answered so far
     * @throws ApiException when it broke off; the counts then hold what was committed before
     */
    public void run(Iterator<ProductBatch> batches, LongConsumer progress) throws ApiException {
        while (batches.hasNext()) {
            ProductBatch batch = batches.next();
            send(batch);
            sent += batch.products();
            progress.accept(sent);
        }
    }

    /** Lines that were committed, unchanged ones included. */
    public long accepted() {
        return accepted;
    }

    /** Lines that were refused. */
    public long rejected() {
        return rejected;
    }

    /** The first refusals, for people. */
    public List<String> rejections() {
        return List.copyOf(rejections);
    }

    private void send(ProductBatch batch) throws ApiException {
        for (int attempt = 1; ; attempt++) {
            Answers answers = new Answers(batch);
            try {
                client.importProducts(catalog, batch.contentType(), batch.body(), answers::add);
                answers.failIfUnavailable();
                answers.count();
                return;
            } catch (ApiException failed) {
                if (!failed.passing() || attempt == TRIES) {
                    answers.count();
                    throw failed;
                }
                pause(Duration.ofSeconds(1L << attempt), failed);
            }
        }
    }

    private static void pause(Duration time, ApiException why) throws ApiException {
        try {
            boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }

    /** What came back for one try of one batch; it counts only when the try is the last. */
    private final class Answers {
        private final ProductBatch batch;
        private final List<String> refusals = new ArrayList<>();
        private long committed;
        private long refused;
        private long unavailable;

        Answers(ProductBatch batch) {
            this.batch = batch;
        }

        void add(JsonNode result) {
            if (!result.path("status").asString("").equals("rejected")) {
                committed++;
                return;
            }
            refused++;
            unavailable +=
                    result.path("error").path("code").asString("").equals(UNAVAILABLE) ? 1 : 0;
            if (refusals.size() < REJECTIONS_SHOWN) {
                JsonNode error = result.path("error");
                refusals.add(
                        "line %d, id %s: %s %s %s"
                                .formatted(
                                        batch.lineInFile(result.path("line").asLong(1)),
                                        result.path("id").asString("-"),
                                        error.path("code").asString(""),
                                        error.path("pointer").asString(""),
                                        error.path("message").asString("")));
            }
        }

        /** Lines refused only because the database was away count as a batch that failed. */
        void failIfUnavailable() throws ApiException {
            if (unavailable > 0) {
                throw new ApiException(
                        503, unavailable + " lines were refused: a part that is needed is away");
            }
        }

        void count() {
            accepted += committed;
            rejected += refused;
            refusals.stream()
                    .limit(Math.max(0, REJECTIONS_SHOWN - rejections.size()))
                    .forEach(rejections::add);
        }
    }
}
