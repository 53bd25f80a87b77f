package dev.vitrine.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Measures single writes from sending until a search returns them, asking every 2 ms, at random
 * moments of whatever the engine does in turns. Stateless.
 */
public final class UpdateProbe {

    private static final long ASK_EVERY = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long GIVE_UP = TimeUnit.SECONDS.toNanos(30);
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final int SEED = 7;

    private UpdateProbe() {}

    /**
     * One write and the question whether it can be found.
     *
     * @param write the write
     * @param find a search for what was written
     */
    public record Update(HttpCall write, HttpCall find) {}

    /**
     * Runs the updates one after the other.
     *
     * @param found whether an answer to {@code find} shows the write
     */
    public static Measurement run(URI address, List<Update> updates, Predicate<HttpAnswer> found)
            throws IOException {
        Random random = new Random(SEED);
        long[] nanos = new long[updates.size()];
        int count = 0;
        long errors = 0;
        long begin = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(address)) {
            for (Update update : updates) {
                // The pause is the sampling: without it every write would follow a refresh.
                LockSupport.parkNanos(
                        TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
                long start = System.nanoTime();
                if (connection.send(update.write()).status() >= 300
                        || !await(connection, update.find(), found, start + GIVE_UP)) {
                    errors++;
                } else {
                    nanos[count++] = System.nanoTime() - start;
                }
            }
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Measurement(sorted, errors, (System.nanoTime() - begin) / 1e9, 0, Map.of());
    }

    private static boolean await(
            HttpConnection connection, HttpCall find, Predicate<HttpAnswer> found, long end)
            throws IOException {
        while (System.nanoTime() < end) {
            if (found.test(connection.send(find))) {
                return true;
            }
            LockSupport.parkNanos(ASK_EVERY);
        }
        return false;
    }
}
