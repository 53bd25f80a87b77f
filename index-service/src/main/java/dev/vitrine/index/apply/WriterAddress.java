package dev.vitrine.index.apply;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the writer is: what is set, else this process, once it listens. Thread-safe. */
final class WriterAddress implements ApplicationListener<WebServerInitializedEvent> {

    private static final String ANY = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";

    private final String host;
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile @Nullable URI address;

    /**
     * @param address the writer that is set; null for this process
     * @param bound address that this process listens on
     */
    WriterAddress(@Nullable URI address, String bound) {
        this.host = bound.equals(ANY) ? LOOPBACK : bound;
        if (address != null) {
            know(address);
        }
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        boolean management =
                WebServerApplicationContext.hasServerNamespace(
                        event.getApplicationContext(), "management");
        if (address == null && !management) {
            know(URI.create("http://" + host + ":" + event.getWebServer().getPort()));
        }
    }

    /** Waits for the address; null when it is not known by then. */
    @Nullable URI await(Duration time) throws InterruptedException {
        return known.await(time.toNanos(), TimeUnit.NANOSECONDS) ? address : null;
    }

    private void know(URI writer) {
        address = writer;
        known.countDown();
    }
}
