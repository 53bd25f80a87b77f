package dev.vitrine.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EncodeLanesTest {

    private static final EncodeProperties ONE_THREAD = new EncodeProperties(1, 2, 3);

    private final GatedEncoder encoder = new GatedEncoder();

    @Test
    void offer_productTextsWait_queryGoesFirst() throws Exception {
        try (EncodeLanes lanes = new EncodeLanes(encoder, ONE_THREAD)) {
            List<CompletableFuture<float[]>> products = offer(lanes, EmbeddingPurpose.PRODUCT, 3);
            encoder.awaitFirst();
            List<CompletableFuture<float[]>> queries = offer(lanes, EmbeddingPurpose.QUERY, 1);
            encoder.open();
            for (CompletableFuture<float[]> future : products) {
                assertThat(future.get(10, TimeUnit.SECONDS)).hasSize(1);
            }

            assertThat(queries.getFirst()).isDone();
            assertThat(encoder.order())
                    .containsExactly("PRODUCT 0", "QUERY 0", "PRODUCT 1", "PRODUCT 2");
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
            await(gate);
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
}
