package dev.vitrine.index.quality;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hands a served search over to the watch when that waits for one. All others are passed over: they
 * cost the search path a look at an empty queue, and nothing holds them. Thread-safe.
 */
public final class ServedSearches {

    private final LinkedTransferQueue<ServedSearch> handOver = new LinkedTransferQueue<>();

    /** Offers a search, which is described only if one is waited for. */
    public void offer(Supplier<ServedSearch> search) {
        if (handOver.hasWaitingConsumer()) {
            // False when another search came first: this one is passed over.
            var _ = handOver.tryTransfer(search.get());
        }
    }

    /** The next search that is served, or nothing after so long. */
    Optional<ServedSearch> take(Duration patience) throws InterruptedException {
        return Optional.ofNullable(handOver.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }
}
