package dev.vitrine.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * So many clients that each send the next request as soon as they have their answer. The clients go
 * through the calls together, so that a round meets each call about equally often.
 */
public final class ClosedLoop {

    private final int clients;
    private final Map<String, Long> processes;

    /**
     * @param clients connections at once
     * @param processes name and id of the processes whose processor time is read
     */
    public ClosedLoop(int clients, Map<String, Long> processes) {
        this.clients = clients;
        this.processes = processes;
    }

    /**
     * Runs for a time.
     *
     * @param next index of the first call, advanced, so that a later round goes on where this one
     *     ended
     * @param good whether an answer counts as one
     */
    public Measurement run(
            URI address,
            List<HttpCall> calls,
            AtomicInteger next,
            Predicate<HttpAnswer> good,
            Duration time)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            Map<String, Double> before = ProcessorTime.of(processes);
            double generator = ownSeconds();
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<Client>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(
                        threads.submit(() -> new Client(address, calls, next, good).until(end)));
            }
            List<long[]> nanos = new ArrayList<>();
            long errors = 0;
            for (Future<Client> client : running) {
                Client done = client.get();
                nanos.add(Arrays.copyOf(done.nanos, done.count));
                errors += done.errors;
            }
            return new Measurement(
                    nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray(),
                    errors,
                    (System.nanoTime() - start) / 1e9,
                    ownSeconds() - generator,
                    ProcessorTime.between(before, ProcessorTime.of(processes)));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client of the load generator failed", e);
        }
    }

    private static double ownSeconds() {
        return ProcessorTime.of(Map.of("own", ProcessHandle.current().pid()))
                .getOrDefault("own", 0.0);
    }

    /** One client and what it saw. */
    private static final class Client {

        private final URI address;
        private final List<HttpCall> calls;
        private final AtomicInteger next;
        private final Predicate<HttpAnswer> good;
        private long[] nanos = new long[1 << 12];
        private int count;
        private long errors;

        Client(URI address, List<HttpCall> calls, AtomicInteger next, Predicate<HttpAnswer> good) {
            this.address = address;
            this.calls = calls;
            this.next = next;
            this.good = good;
        }

        /** Connects at least once, however late its thread was started. */
        Client until(long end) {
            do {
                try (HttpConnection connection = new HttpConnection(address)) {
                    send(connection, end);
                } catch (IOException broken) {
                    // The next turn of the loop connects again.
                    errors++;
                }
            } while (System.nanoTime() < end);
            return this;
        }

        private void send(HttpConnection connection, long end) throws IOException {
            while (System.nanoTime() < end) {
                HttpCall call = calls.get(Math.floorMod(next.getAndIncrement(), calls.size()));
                long start = System.nanoTime();
                HttpAnswer answer = connection.send(call);
                long took = System.nanoTime() - start;
                if (!good.test(answer)) {
                    errors++;
                    continue;
                }
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = took;
            }
        }
    }
}
