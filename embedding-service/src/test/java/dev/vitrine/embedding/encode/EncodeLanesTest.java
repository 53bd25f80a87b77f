package dev.vitrine.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EncodeLanesTest {

    private static final EncodeProperties ONE_THREAD = new EncodeProperties(1, 2, 3, 10);

    private static final Path OWN_STATUS = Path.of("/proc/thread-self/stat");

    private final GatedEncoder encoder = new GatedEncoder();

    @Test
    void offer_productTextsKeepTheirThreadBusy_queryDoesNotWait() throws Exception {
        try (EncodeLanes lanes = new EncodeLanes(encoder, ONE_THREAD)) {
            List<CompletableFuture<float[]>> products = offer(lanes, EmbeddingPurpose.PRODUCT, 3);
            encoder.awaitFirst();
            encoder.letQueriesPass();
            List<CompletableFuture<float[]>> queries = offer(lanes, EmbeddingPurpose.QUERY, 1);

            assertThat(queries.getFirst().get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(products).noneMatch(CompletableFuture::isDone);

            encoder.open();
            for (CompletableFuture<float[]> future : products) {
                assertThat(future.get(10, TimeUnit.SECONDS)).hasSize(1);
            }
            assertThat(encoder.order())
                    .containsExactly("PRODUCT 0", "QUERY 0", "PRODUCT 1", "PRODUCT 2");
        }
    }

    @Test
    void offer_onLinux_onlyProductTextsRunOnNiceThreads() throws Exception {
        assumeThat(Files.exists(OWN_STATUS)).as("Linux's record of the calling thread").isTrue();
        try (EncodeLanes lanes = new EncodeLanes(new NicenessReader(), ONE_THREAD)) {
            float own = NicenessReader.ofThisThread();

            assertThat(offer(lanes, EmbeddingPurpose.QUERY, 1).getFirst().get(10, TimeUnit.SECONDS))
                    .containsExactly(own);
            assertThat(
                            offer(lanes, EmbeddingPurpose.PRODUCT, 1)
                                    .getFirst()
                                    .get(10, TimeUnit.SECONDS))
                    .containsExactly(Math.max(own, 10));
        }
    }

    @Test
    void offer_laneFull_isRefusedAsAWholeAndTheOtherLaneIsNot() {
        try (EncodeLanes lanes = new EncodeLanes(encoder, ONE_THREAD)) {
            assertThat(offer(lanes, EmbeddingPurpose.PRODUCT, 2)).hasSize(2);
            assertThat(lanes.offer(List.of("a", "b"), EmbeddingPurpose.PRODUCT)).isEmpty();

            assertThat(lanes.waiting(EmbeddingPurpose.PRODUCT)).isEqualTo(2);
            assertThat(offer(lanes, EmbeddingPurpose.QUERY, 2)).hasSize(2);
            encoder.open();
        }
    }

    @Test
    void cancel_beforeItsTurn_savesTheWorkAndFreesThePlace() throws Exception {
        try (EncodeLanes lanes = new EncodeLanes(encoder, ONE_THREAD)) {
            List<CompletableFuture<float[]>> texts = offer(lanes, EmbeddingPurpose.PRODUCT, 3);
            encoder.awaitFirst();
            texts.get(1).cancel(false);
            encoder.open();
            texts.get(2).get(10, TimeUnit.SECONDS);

            assertThat(encoder.order()).containsExactly("PRODUCT 0", "PRODUCT 2");
            // The last permit is given back right before its future completes.
            assertThat(lanes.waiting(EmbeddingPurpose.PRODUCT)).isZero();
        }
    }

    @Test
    void close_withWaitingTexts_cancelsThem() {
        EncodeLanes lanes = new EncodeLanes(encoder, ONE_THREAD);
        List<CompletableFuture<float[]>> texts = offer(lanes, EmbeddingPurpose.PRODUCT, 3);
        encoder.awaitFirst();
        encoder.open();
        lanes.close();

        assertThat(texts).allMatch(CompletableFuture::isDone);
        assertThat(lanes.offer(List.of("late"), EmbeddingPurpose.QUERY).orElseThrow())
                .allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(lanes.waiting(EmbeddingPurpose.QUERY)).isZero();
    }

    private static List<CompletableFuture<float[]>> offer(
            EncodeLanes lanes, EmbeddingPurpose purpose, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(Integer.toString(i));
        }
        return lanes.offer(texts, purpose).orElseThrow();
    }

    /** Holds every text until it is opened, and notes the order in which they came. */
    private static final class GatedEncoder implements Encoder {

        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final List<String> order = new ArrayList<>();
        private volatile boolean queriesPass;

        void letQueriesPass() {
            queriesPass = true;
        }

        void awaitFirst() {
            await(first);
        }

        void open() {
            gate.countDown();
        }

        synchronized List<String> order() {
            return List.copyOf(order);
        }

        @Override
        public String model() {
            return "gated";
        }

        @Override
        public int dimensions() {
            return 1;
        }

        @Override
        public float[] encode(String text, EmbeddingPurpose purpose) {
            synchronized (this) {
                order.add(purpose + " " + text);
            }
            first.countDown();
            if (purpose == EmbeddingPurpose.PRODUCT || !queriesPass) {
                await(gate);
            }
            return new float[] {1};
        }

        @Override
        public void close() {}

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                // Closing the lanes interrupts; the text at hand is finished nevertheless.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A "vector" that holds the nice value of the thread that made it. */
    private static final class NicenessReader implements Encoder {

        /** Fields after the command name in brackets; the nice value is the 19th of all. */
        private static final int FIELD = 16;

        static float ofThisThread() {
            try {
                String status = Files.readString(OWN_STATUS);
                String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
                return Float.parseFloat(fields[FIELD]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String model() {
            return "niceness";
        }

        @Override
        public int dimensions() {
            return 1;
        }

        @Override
        public float[] encode(String text, EmbeddingPurpose purpose) {
            return new float[] {ofThisThread()};
        }

        @Override
        public void close() {}
    }
}
