package dev.vitrine.servicekit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until it is closed, a process that is told to end interrupts the thread that made this. Spring
 * closes a context only when its start is over, so a bean that waits while it is made would hold up
 * the end of the process.
 */
final class InterruptAtShutdown implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InterruptAtShutdown.class);

    private final Thread hook;

    /**
     * @throws IllegalStateException when the process ends already
     */
    InterruptAtShutdown() {
        this.hook = new Thread(Thread.currentThread()::interrupt, "interrupt-at-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("the process ends", e);
        }
    }
}
