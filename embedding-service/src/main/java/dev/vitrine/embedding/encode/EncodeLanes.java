package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that encode: a lane for queries, and one for product texts that the operating system
 * runs when nobody else wants the core. Both lanes are bounded. Safe for all threads.
 */
public final class EncodeLanes implements AutoCloseable {

    /*
     * Product texts keep every core busy for minutes. Their threads are nice, so a query, an import
     * that is being committed or a search in another service of the machine gets the core at once,
     * and product texts get all that is left. A priority queue in front of one pool would only order
     * texts among themselves.
     */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Encoder encoder;
    private final Map<EmbeddingPurpose, Lane> lanes = new EnumMap<>(EmbeddingPurpose.class);

    /** Starts the threads; the encoder must outlive this object. */
    public EncodeLanes(Encoder encoder, EncodeProperties properties) {
        this.encoder = encoder;
        int threads = properties.effectiveThreads();
        lanes.put(
                EmbeddingPurpose.QUERY,
                new Lane(
                        properties.queryCapacity(),
                        threads,
                        Thread.ofPlatform().daemon().name("encode-query-", 0).factory()));
        ThreadFactory products = Thread.ofPlatform().daemon().name("encode-product-", 0).factory();
        int niceness = properties.productNiceness();
        lanes.put(
                EmbeddingPurpose.PRODUCT,
                new Lane(
                        properties.productCapacity(),
                        threads,
                        work -> products.newThread(Niceness.of(niceness, work))));
    }

    /** The encoder behind the lanes. */
    public Encoder encoder() {
        return encoder;
    }

    /**
     * Queues texts, all of them or none.
     *
     * @return one future for each text, in order, or nothing when the lane has no room for them;
     *     cancelling a future whose text still waits saves the work
     */
    public Optional<List<CompletableFuture<float[]>>> offer(
            List<String> texts, EmbeddingPurpose purpose) {
        Lane lane = lane(purpose);
        if (!lane.permits.tryAcquire(texts.size())) {
            return Optional.empty();
        }
        List<CompletableFuture<float[]>> futures = new ArrayList<>(texts.size());
        for (String text : texts) {
            futures.add(enqueue(text, purpose, lane));
        }
        return Optional.of(List.copyOf(futures));
    }

    /** Queues one text, waiting until its lane has room. */
    public CompletableFuture<float[]> put(String text, EmbeddingPurpose purpose)
            throws InterruptedException {
        Lane lane = lane(purpose);
        lane.permits.acquire();
        return enqueue(text, purpose, lane);
    }

    /** Texts of a lane that wait or run. */
    public int waiting(EmbeddingPurpose purpose) {
        Lane lane = lane(purpose);
        return lane.capacity - lane.permits.availablePermits();
    }

    /** Ends the threads after the texts that they are at; what waits is cancelled. */
    @Override
    public void close() {
        for (Lane lane : lanes.values()) {
            for (Runnable left : lane.threads.shutdownNow()) {
                if (left instanceof Task task) {
                    task.abandon();
                }
            }
        }
        boolean ended = true;
        boolean interrupted = false;
        for (Lane lane : lanes.values()) {
            try {
                ended &=
                        lane.threads.awaitTermination(
                                CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                ended = false;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            // Closing the model under a running text would crash the process.
            throw new IllegalStateException("a text is still being encoded");
        }
    }

    private CompletableFuture<float[]> enqueue(String text, EmbeddingPurpose purpose, Lane lane) {
        Task task = new Task(text, purpose, lane);
        try {
            lane.threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
        return task.result;
    }

    private Lane lane(EmbeddingPurpose purpose) {
        return Objects.requireNonNull(lanes.get(purpose));
    }

    /** The queue has no bound of its own; the permits are its bound. */
    private static final class Lane {

        private final int capacity;
        private final Semaphore permits;
        private final ThreadPoolExecutor threads;

        Lane(int capacity, int threads, ThreadFactory factory) {
            this.capacity = capacity;
            this.permits = new Semaphore(capacity);
            this.threads =
                    new ThreadPoolExecutor(
                            threads,
                            threads,
                            0,
                            TimeUnit.MILLISECONDS,
                            new LinkedBlockingQueue<>(),
                            factory);
        }
    }

    private final class Task implements Runnable {

        private final String text;
        private final EmbeddingPurpose purpose;
        private final Lane lane;
        private final CompletableFuture<float[]> result = new CompletableFuture<>();

        Task(String text, EmbeddingPurpose purpose, Lane lane) {
            this.text = text;
            this.purpose = purpose;
            this.lane = lane;
        }

        @Override
        public void run() {
            float[] vector = null;
            Throwable failure = null;
            try {
                if (!result.isDone()) {
                    vector = encoder.encode(text, purpose);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                lane.permits.release();
            }
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (vector != null) {
                result.complete(vector);
            }
        }

        void abandon() {
            lane.permits.release();
            result.completeExceptionally(new CancellationException("encoding has been shut down"));
        }
    }
}
