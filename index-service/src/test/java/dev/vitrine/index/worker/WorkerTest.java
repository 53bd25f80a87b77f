package dev.vitrine.index.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The period is an hour: only a signal, or work that is left, brings the next step in time. */
@Timeout(30)
class WorkerTest {

    private enum Outcome {
        MORE,
        DONE,
        FAILED
    }

    private static final class Scripted extends Worker {

        /** Hands over one outcome a step, when the step is taken. */
        private final SynchronousQueue<Outcome> outcomes = new SynchronousQueue<>();

        private final BlockingQueue<Thread> ended = new LinkedBlockingQueue<>();
        private volatile Thread stepped = Thread.currentThread();

        Scripted() {
            super("scripted", Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(4));
        }

        @Override
        protected boolean step() throws Exception {
            stepped = Thread.currentThread();
            return switch (outcomes.take()) {
                case MORE -> true;
                case DONE -> false;
                case FAILED -> throw new IllegalStateException("scripted");
            };
        }

        @Override
        protected void end() {
            ended.add(Thread.currentThread());
        }

        boolean takes(Outcome outcome) throws InterruptedException {
            return outcomes.offer(outcome, 10, TimeUnit.SECONDS);
        }
    }

    private final Scripted worker = new Scripted();

    @AfterEach
    void stop() {
        worker.stop();
    }

    @Test
    void workLeft_nextStepNeedsNoSignal() throws InterruptedException {
        worker.start();
        assertThat(worker.takes(Outcome.MORE)).isTrue();
        assertThat(worker.takes(Outcome.MORE)).isTrue();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
    }

    @Test
    void signalDuringAStep_isSeenAfterIt() throws InterruptedException {
        worker.start();
        worker.wake();
        worker.wake();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
    }

    @Test
    void failedSteps_areCountedUntilOneSucceeds() throws InterruptedException {
        worker.start();
        for (int failures = 0; failures < 5; failures++) {
            assertThat(worker.takes(Outcome.FAILED)).isTrue();
        }
        // The sixth step is being taken now, so the fifth has been counted.
        assertThat(worker.takes(Outcome.MORE)).isTrue();
        assertThat(worker.takes(Outcome.MORE)).isTrue();
        assertThat(worker.failures()).isZero();
        assertThat(worker.takes(Outcome.FAILED)).isTrue();
        assertThat(worker.takes(Outcome.FAILED)).isTrue();
        assertThat(worker.failures()).isPositive();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
    }

    @Test
    void stop_whileWaiting_endsOnTheWorkersThread_andCanStartAgain() throws InterruptedException {
        worker.start();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
        worker.stop();
        assertThat(worker.isRunning()).isFalse();
        assertThat(worker.ended.take())
                .isSameAs(worker.stepped)
                .isNotEqualTo(Thread.currentThread());
        worker.start();
        assertThat(worker.isRunning()).isTrue();
        assertThat(worker.takes(Outcome.DONE)).isTrue();
    }
}
