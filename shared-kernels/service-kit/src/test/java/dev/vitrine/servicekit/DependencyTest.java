package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.problem.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DependencyTest {

    private static final DependencyProperties PROPERTIES =
            new DependencyProperties(1, 50, 4, 4, Duration.ofMillis(100), Duration.ofSeconds(10));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Dependency dependency = new Dependency("part", PROPERTIES, meters);

    @AfterEach
    void close() {
        dependency.close();
    }

    @Test
    void call_thatHangs_endsAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        assertReason(
                DependencyException.Reason.TIMEOUT,
                () ->
                        dependency.call(
                                in(Duration.ofMillis(50)),
                                () -> {
                                    never.await();
                                    return "late";
                                }));
    }

    /** What the clients of services do. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void call_thatWaitsForASilentServer_endsAtTheDeadline(boolean virtual) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            on(
                    virtual,
                    () ->
                            assertReason(
                                    DependencyException.Reason.TIMEOUT,
                                    () ->
                                            dependency.call(
                                                    in(Duration.ofMillis(50)),
                                                    () -> firstByte(silent))));
        }
    }

    private static int firstByte(ServerSocket server) throws IOException {
        try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            return socket.getInputStream().read();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void call_thatRanOutOfTime_leavesItsCallerUninterrupted(boolean virtual) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        on(
                virtual,
                () -> {
                    assertReason(
                            DependencyException.Reason.TIMEOUT,
                            () ->
                                    dependency.call(
                                            in(Duration.ofMillis(1)),
                                            () -> {
                                                never.await();
                                                return "late";
                                            }));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                });
    }

    /** It counts as a failure, and its alarm must not reach what its caller does next. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void call_thatDiesOfAnErrorOutOfTime_leavesItsCallerUninterrupted(boolean virtual)
            throws Exception {
        on(
                virtual,
                () -> {
                    for (int i = 0; i < PROPERTIES.minimumCalls(); i++) {
                        assertThatThrownBy(() ->
                                        dependency.call(
                                                in(Duration.ofMillis(1)),
                                                DependencyTest::dieWhenInterrupted))
                                .isInstanceOf(StackOverflowError.class);
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                    assertReason(
                            DependencyException.Reason.OPEN,
                            () -> dependency.call(in(Duration.ofSeconds(1)), () -> "refused"));
                });
    }

    private static String dieWhenInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new StackOverflowError();
    }

    /** Whoever asked gave up: that says nothing about the part, and he is to learn it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callerInterrupted_theCallEnds_andTheInterruptStays(boolean virtual) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            on(
                    virtual,
                    () -> {
                        Thread caller = Thread.currentThread();
                        assertReason(
                                DependencyException.Reason.FAILED,
                                () ->
                                        dependency.call(
                                                in(Duration.ofSeconds(10)),
                                                () -> {
                                                    caller.interrupt();
                                                    never.await();
                                                    return "late";
                                                }));
                        assertThat(caller.isInterrupted()).isTrue();
                    });
        }
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "fine")).isEqualTo("fine");
    }

    private static void on(boolean virtual, Runnable test) throws Exception {
        Thread.Builder thread = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        FutureTask<Void> task = new FutureTask<>(test, null);
        thread.start(task);
        task.get(30, TimeUnit.SECONDS);
    }

    @Test
    void call_beyondTheBulkhead_isRefusedAtOnce() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<String> first =
                    other.submit(() ->
                            dependency.call(
                                    in(Duration.ofSeconds(10)),
                                    () -> {
                                        running.countDown();
                                        finish.await();
                                        return "first";
                                    }));
            running.await();
            assertReason(
                    DependencyException.Reason.FULL,
                    () -> dependency.call(in(Duration.ofSeconds(1)), () -> "second"));
            finish.countDown();
            assertThat(first.get()).isEqualTo("first");
        }
    }

    @Test
    void breaker_opensAfterFailures_andClosesAgain() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertReason(DependencyException.Reason.FAILED, this::failingCall);
        }
        assertReason(DependencyException.Reason.OPEN, this::failingCall);
        assertThat(meters.get("vitrine.dependency.open").gauge().value()).isEqualTo(1);

        Deadline patience = in(Duration.ofSeconds(10));
        String answer = "";
        while (answer.isEmpty() && !patience.expired()) {
            try {
                answer = dependency.call(in(Duration.ofSeconds(1)), () -> "back");
            } catch (DependencyException e) {
                assertThat(e.reason()).isEqualTo(DependencyException.Reason.OPEN);
                Thread.onSpinWait();
            }
        }
        assertThat(answer).isEqualTo("back");
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "closed")).isEqualTo("closed");
    }

    @Test
    void impatientCallers_doNotOpenTheBreaker() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            assertReason(
                    DependencyException.Reason.TIMEOUT,
                    () ->
                            dependency.call(
                                    in(Duration.ofMillis(1)),
                                    () -> {
                                        never.await();
                                        return "late";
                                    }));
        }
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "fine")).isEqualTo("fine");
    }

    @Test
    void callersFaults_passThrough_andDoNotOpenTheBreaker() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() ->
                            dependency.call(
                                    in(Duration.ofSeconds(1)),
                                    () -> {
                                        throw new ProblemException(
                                                CommonErrors.CATALOG_NOT_FOUND, "none");
                                    }))
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "fine")).isEqualTo("fine");
    }

    @Test
    void impatientCallers_whomThePartItselfTellsSo_doNotOpenTheBreaker() {
        for (int i = 0; i < 20; i++) {
            assertReason(
                    DependencyException.Reason.FAILED,
                    () -> problem(Duration.ofMillis(100), CommonErrors.TIMEOUT));
        }
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "fine")).isEqualTo("fine");
    }

    /** As of a service that knows that one behind it is away. */
    @Test
    void problemsOfOtherParts_saidAtOnce_doNotOpenTheBreaker() {
        for (int i = 0; i < 20; i++) {
            assertReason(
                    DependencyException.Reason.FAILED,
                    () -> problem(Duration.ofSeconds(1), CommonErrors.UNAVAILABLE));
        }
        assertThat(dependency.call(in(Duration.ofSeconds(1)), () -> "fine")).isEqualTo("fine");
    }

    /** As of a service that waits for a connection to its database first. */
    @Test
    void problemsOfOtherParts_saidLate_openTheBreaker() {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            assertReason(
                    DependencyException.Reason.FAILED,
                    () ->
                            dependency.call(
                                    in(Duration.ofSeconds(5)),
                                    () -> {
                                        boolean connected = never.await(600, TimeUnit.MILLISECONDS);
                                        throw new ProblemException(
                                                CommonErrors.UNAVAILABLE,
                                                "connected: " + connected);
                                    }));
        }
        assertReason(DependencyException.Reason.OPEN, this::failingCall);
    }

    @Test
    void problemsOfThePart_openTheBreaker() {
        for (int i = 0; i < 4; i++) {
            assertReason(
                    DependencyException.Reason.FAILED,
                    () -> problem(Duration.ofSeconds(1), CommonErrors.TIMEOUT));
        }
        assertReason(DependencyException.Reason.OPEN, this::failingCall);
    }

    private String problem(Duration given, ErrorCode code) {
        return dependency.call(
                in(given),
                () -> {
                    throw new ProblemException(code, "scripted");
                });
    }

    private String failingCall() {
        return dependency.call(
                in(Duration.ofSeconds(1)),
                () -> {
                    throw new IOException("connection refused");
                });
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, Clock.systemUTC());
    }

    private static void assertReason(DependencyException.Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DependencyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
