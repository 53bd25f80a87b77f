package dev.vitrine.embedding.encode;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that encode, with a lane for queries that goes before the lane for product texts.
 * Both lanes are bounded. Safe for all threads.
 */
public final class EncodeLanes implements AutoCloseable {

    /*
     * One pool, one priority queue: a free thread takes the oldest query, and a product text only
     * when no query waits. A query therefore waits for at most one text per thread (about a
     * millisecond for a title), however long the import is. The other way round, queries can hold up
     * an import; they are answered within their deadlines or not at all, so that ends by itself.
     *
     * The queue itself has no bound; the permits of the lanes are its bound.
     */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Encoder encoder;
    private final ThreadPoolExecutor threads;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<EmbeddingPurpose, Integer> capacity = new EnumMap<>(EmbeddingPurpose.class);
    private final Map<EmbeddingPurpose, Semaphore> permits = new EnumMap<>(EmbeddingPurpose.class);

    /** Starts the threads; the encoder must outlive this object. */
    public EncodeLanes(Encoder encoder, EncodeProperties properties) {
        this.encoder = encoder;
        addLane(EmbeddingPurpose.QUERY, properties.queryCapacity());
        addLane(EmbeddingPurpose.PRODUCT, properties.productCapacity());
        int count = properties.effectiveThreads();
        this.threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        0,
                        TimeUnit.MILLISECONDS,
                        new PriorityBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("encode-", 0).factory());
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
        if (!lane(purpose).tryAcquire(texts.size())) {
            return Optional.empty();
        }
        List<CompletableFuture<float[]>> futures = new ArrayList<>(texts.size());
        for (String text : texts) {
            futures.add(enqueue(text, purpose));
        }
        return Optional.of(List.copyOf(futures));
    }

    /** Queues one text, waiting until its lane has room. */
    public CompletableFuture<float[]> put(String text, EmbeddingPurpose purpose)
            throws InterruptedException {
        lane(purpose).acquire();
        return enqueue(text, purpose);
    }

    /** Texts of a lane that wait or run. */
    public int waiting(EmbeddingPurpose purpose) {
        return capacity.getOrDefault(purpose, 0) - lane(purpose).availablePermits();
    }

    /** Ends the threads after the texts that they are at; what waits is cancelled. */
    @Override
    public void close() {
        for (Runnable left : threads.shutdownNow()) {
            if (left instanceof Task task) {
                task.abandon();
            }
        }
        boolean ended = false;
        boolean interrupted = false;
        try {
            ended = threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            // Closing the model under a running text would crash the process.
            throw new IllegalStateException("a text is still being encoded");
        }
    }

    private CompletableFuture<float[]> enqueue(String text, EmbeddingPurpose purpose) {
        Task task = new Task(text, purpose, sequence.getAndIncrement());
        try {
            threads.execute(task);
        } catch (RuntimeException e) {
            task.abandon();
        }
        return task.result;
    }

    private void addLane(EmbeddingPurpose purpose, int size) {
        capacity.put(purpose, size);
        permits.put(purpose, new Semaphore(size));
    }

    private Semaphore lane(EmbeddingPurpose purpose) {
        Semaphore lane = permits.get(purpose);
        if (lane == null) {
            throw new IllegalArgumentException("no lane for " + purpose);
        }
        return lane;
    }

    private final class Task implements Runnable, Comparable<Task> {

        private final String text;
        private final EmbeddingPurpose purpose;
        private final long number;
        private final CompletableFuture<float[]> result = new CompletableFuture<>();

        Task(String text, EmbeddingPurpose purpose, long number) {
            this.text = text;
            this.purpose = purpose;
            this.number = number;
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
                lane(purpose).release();
            }
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (vector != null) {
                result.complete(vector);
            }
        }

        void abandon() {
            lane(purpose).release();
            result.completeExceptionally(new CancellationException("encoding has been shut down"));
        }

        @Override
        public int compareTo(Task other) {
            // QUERY is declared before PRODUCT.
            int byLane = purpose.compareTo(other.purpose);
            return byLane != 0 ? byLane : Long.compare(number, other.number);
        }
    }
}
