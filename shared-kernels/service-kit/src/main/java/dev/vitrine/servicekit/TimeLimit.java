package dev.vitrine.servicekit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends calls whose time is over by interrupting them. Thread-safe.
 *
 * <p>A call runs on the thread of its caller if that is a virtual one, where an interrupt ends
 * every wait: one for a socket too, which is closed then. A platform thread would go on waiting for
 * its socket, so the calls of such a caller get a virtual thread.
 */
final class TimeLimit implements AutoCloseable {

    private final ScheduledThreadPoolExecutor alarms;
    private final ExecutorService calls;

    TimeLimit(String name) {
        alarms =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name(name + "-time-limit").factory());
        // Nearly every call ends long before its alarm.
        alarms.setRemoveOnCancelPolicy(true);
        calls = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name, 0).factory());
    }

    /**
     * Calls within a time.
     *
     * @throws TimeoutException when the call failed because its time was over
     * @throws Exception what the call throws
     */
    <T> T call(long nanos, Callable<T> call) throws Exception {
        if (Thread.currentThread().isVirtual()) {
            return interruptible(nanos, call);
        }
        Future<T> elsewhere = calls.submit(() -> interruptible(nanos, call));
        try {
            return elsewhere.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            elsewhere.cancel(true);
        }
    }

    private <T> T interruptible(long nanos, Callable<T> call) throws Exception {
        Alarm alarm = new Alarm(Thread.currentThread());
        Future<?> set = alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
        try {
            return call.call();
        } catch (Exception e) {
            if (alarm.end()) {
                TimeoutException late = new TimeoutException("no answer in time");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            alarm.end(); // an Error's, too
            set.cancel(false);
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        calls.shutdownNow();
    }

    /** Interrupts a call, or does nothing once it has ended. */
    private static final class Alarm implements Runnable {

        private final Thread caller;
        private boolean ended;
        private boolean rung;

        Alarm(Thread caller) {
            this.caller = caller;
        }

        @Override
        public synchronized void run() {
            if (!ended) {
                rung = true;
                caller.interrupt();
            }
        }

        /** Takes back the interrupt, if there was one; says whether. To be called by the caller. */
        synchronized boolean end() {
            if (rung && !ended) {
                var _ = Thread.interrupted();
            }
            ended = true;
            return rung;
        }
    }
}
