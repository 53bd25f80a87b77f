package dev.vitrine.standalone.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits until a catalogue has come so far. */
public final class CatalogWait {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private CatalogWait() {}

    /**
     * Asks for the status until it is good.
     *
     * @param stalled give up when nothing has moved for so long
     * @param each told every status seen
     * @throws ApiException when the catalogue does not get there
     */
    public static CatalogStatus until(
            VitrineClient client,
            String catalog,
            Predicate<CatalogStatus> good,
            Duration stalled,
            Consumer<CatalogStatus> each)
            throws ApiException {
        CountDownLatch never = new CountDownLatch(1);
        CatalogStatus last = null;
        long moved = System.nanoTime();
        while (true) {
            Optional<CatalogStatus> now = tolerant(client, catalog);
            if (now.isPresent()) {
                CatalogStatus status = now.get();
                each.accept(status);
                if (good.test(status)) {
                    return status;
                }
                if (!status.equals(last)) {
                    moved = System.nanoTime();
                    last = status;
                }
            }
            if (System.nanoTime() - moved > stalled.toNanos()) {
                throw new ApiException(
                        504,
                        "Catalogue %s did not get further for %d s: %s"
                                .formatted(catalog, stalled.toSeconds(), describe(last)));
            }
            try {
                if (never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("unreachable");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ApiException("Interrupted", interrupted);
            }
        }
    }

    /** A service that restarts meanwhile is waited for like everything else. */
    private static Optional<CatalogStatus> tolerant(VitrineClient client, String catalog)
            throws ApiException {
        try {
            return client.catalog(catalog);
        } catch (ApiException failed) {
            if (failed.passing()) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static String describe(@Nullable CatalogStatus status) {
        return status == null
                ? "no status"
                : "%d products, %d searchable, %d with vector, %d to publish, %d to apply"
                        .formatted(
                                status.products(),
                                status.searchable(),
                                status.withVector(),
                                status.outboxPending(),
                                status.behind());
    }
}
