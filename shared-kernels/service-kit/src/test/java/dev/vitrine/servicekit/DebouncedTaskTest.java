package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DebouncedTaskTest {

    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    /** What the number of looks was each time that work was done. */
    private final BlockingQueue<Long> done = new LinkedBlockingQueue<>();

    private final AtomicLong looks = new AtomicLong();

    @Test
    void changesThatPause_areFollowedByTheWork() throws InterruptedException {
        // The first look only remembers; the fifth sees the same as the fourth.
        List<Long> seen = firstDone(1, look -> Math.min(look, 4), this::work);
        assertThat(seen).containsExactly(5L);
    }

    @Test
    void changesWithoutPause_delayTheWorkByTheLongestWait() throws InterruptedException {
        List<Long> seen = firstDone(2, look -> look, this::work);
        assertThat(seen).containsExactly(11L, 21L);
    }

    @Test
    void workThatFails_isDoneAgainAfterTheLongestWait() throws InterruptedException {
        List<Long> seen =
                firstDone(
                        3,
                        look -> 7,
                        () -> {
                            work();
                            if (looks.get() == 2) {
                                throw new IllegalStateException("fails the first time");
                            }
                        });
        assertThat(seen).containsExactly(2L, 12L, 13L);
    }

    private void work() {
        done.add(looks.get());
    }

    /** Of a longest wait of ten looks. */
    private List<Long> firstDone(int times, Changes changes, Runnable work)
            throws InterruptedException {
        LongSupplier counted = () -> changes.at(looks.incrementAndGet());
        DebouncedTask task =
                new DebouncedTask("test", counted, work, LOOK_EVERY.multipliedBy(10), LOOK_EVERY);
        task.start();
        Long[] seen = new Long[times];
        try (task) {
            for (int i = 0; i < times; i++) {
                seen[i] = done.poll(20, TimeUnit.SECONDS);
            }
        }
        task.awaitEnd(Duration.ofSeconds(20));
        return List.of(seen);
    }

    /** The number of changes at each look. */
    private interface Changes {
        long at(long look);
    }
}
