package dev.vitrine.recommender.catalog;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the codes and plans of the vectors up to date, on one thread of its own. It waits for a
 * pause in the changes, but not for ever: an import needs the cores, and plans made in it go stale.
 */
final class CatalogTender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatalogTender.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /**
     * Looks without a pause, or after a failure, until it is done all the same: five minutes, as an
     * import with all its vectors takes minutes, and meanwhile every product is compared.
     */
    private static final int LOOKS_MAX = 300;

    private final CatalogState state;
    private final CatalogReader reader;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    CatalogTender(CatalogState state, CatalogReader reader) {
        this.state = state;
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("recommender-vectors").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, when it has learned what it is learning. */
    @Override
    public void close() {
        closing.countDown();
    }

    private void run() {
        try {
            long seen = -1;
            int looks = 0;
            boolean failed = false;
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long changes = state.changes();
                boolean quiet = changes == seen && !failed && reader.ready();
                seen = changes;
                if (quiet || ++looks >= LOOKS_MAX) {
                    looks = 0;
                    failed = !tend();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tend() {
        try {
            state.tend();
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            log.error("similar products are searched as before; tried again in five minutes", e);
            return false;
        }
    }
}
