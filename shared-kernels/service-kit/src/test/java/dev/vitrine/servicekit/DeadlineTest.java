package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {

    private final MovableClock clock = new MovableClock();

    @Test
    void remaining_shrinksToZeroAndNeverBelow() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(2), clock);
        clock.advance(Duration.ofMillis(500));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(1_500));
        clock.advance(Duration.ofSeconds(5));
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.expired()).isTrue();
    }

    @Test
    void atMostAndShare_neverExtend() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(2), clock);
        assertThat(deadline.atMost(Duration.ofSeconds(9))).isEqualTo(deadline);
        assertThat(deadline.atMost(Duration.ofSeconds(1)).remaining())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(deadline.share(0.25).remaining()).isEqualTo(Duration.ofMillis(500));
    }
}
