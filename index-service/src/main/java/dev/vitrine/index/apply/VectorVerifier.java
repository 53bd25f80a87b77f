package dev.vitrine.index.apply;

import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checks the files of opened engines in the background, one after another. */
final class VectorVerifier implements AutoCloseable {

    // One thread of the platform: it waits for the disk in page faults, which holds a carrier.
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("index-shard-verifier").daemon().factory());

    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    /** Begins with an engine, or puts it behind the others. */
    void verify(QuantizedVectorEngine engine) {
        running.add(CompletableFuture.runAsync(engine::verify, executor));
    }

    /**
     * Waits for all of them.
     *
     * @throws java.util.concurrent.CompletionException when a file is damaged; its cause says which
     */
    void await() {
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    }

    /** Ends; what has not begun is left out. */
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
