package dev.vitrine.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State file, lock, and what a killed launcher leaves behind. */
class RunFilesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void stateFile_writtenState_comesBack() throws IOException {
        StateFile file = new StateFile(data());
        RunState state = state(ProcessRef.current(), null);
        file.write(state);
        assertThat(file.read()).contains(state);
        assertThat(file.readRunning()).contains(state);
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void stateFile_launcherGone_isNotRunning() throws IOException {
        StateFile file = new StateFile(data());
        // Our own process id with another start time: the id was used again.
        file.write(state(new ProcessRef(ProcessHandle.current().pid(), 12_345), null));
        assertThat(file.read()).isPresent();
        assertThat(file.readRunning()).isEmpty();
    }

    /** Its process id may be anybody's by now. */
    @Test
    void stateFile_ofAnOlderVersion_isNotRunning() throws IOException {
        StateFile file = new StateFile(data());
        file.write(state(ProcessRef.current(), null));
        String now = Files.readString(data().stateFile());
        Files.writeString(
                data().stateFile(), now.replaceAll("\"start\" : \\d+", "\"startedAtMillis\" : 0"));
        assertThat(Files.readString(data().stateFile())).contains("startedAtMillis");
        assertThat(file.readRunning()).isEmpty();
    }

    @Test
    void stateFile_damaged_countsAsNone() throws IOException {
        Files.createDirectories(data().stateFile().getParent());
        Files.writeString(data().stateFile(), "{\"phase\":");
        assertThat(new StateFile(data()).read()).isEmpty();
    }

    @Test
    void lock_taken_refusesTheSecondByName() throws Exception {
        RunLock first = RunLock.take(data());
        assertThatThrownBy(() -> RunLock.take(data()))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("already runs on " + folder)
                .hasMessageContaining("./vitrine stop --data " + folder);
        first.close();
        RunLock.take(data()).close();
    }

    @Test
    void leftovers_orphanOfAKilledLauncher_isEnded() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "600").start();
        try {
            StateFile file = new StateFile(data());
            file.write(state(new ProcessRef(1, 1), ProcessRef.of(orphan.toHandle())));
            List<String> said = new ArrayList<>();
            Leftovers.clear(file, said::add);
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .containsExactly(
                            "Ending index (process %d), left behind by a launcher that was killed"
                                    .formatted(orphan.pid()));
            assertThat(file.read()).isEmpty();
        } finally {
            orphan.destroyForcibly();
        }
    }

    /**
     * A shell that never waits leaves its killed child a zombie, as a container without init does.
     */
    @Test
    void processRef_zombie_isGone() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & exec sleep 601").start();
        try {
            ProcessHandle child = firstChild(parent);
            ProcessRef ref = ProcessRef.of(child);
            assertThat(ref.alive()).isTrue();
            ref.stop(Duration.ofSeconds(2));
            assertThat(ref.alive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Setting the clock moves the start that Java tells, and must not make a process another. */
    @Test
    void processRef_ofAProcessWithAnOddName_hasItsStartInTicks() throws Exception {
        Path odd = Files.createSymbolicLink(folder.resolve("a) Z (b 1"), Path.of("/bin/sh"));
        Process process = new ProcessBuilder(odd.toString(), "-c", "read never").start();
        try {
            ProcessRef ref = ProcessRef.of(process.toHandle());
            String uptime = Files.readString(Path.of("/proc/uptime"));
            // A hundred ticks a second on every Linux.
            long ticks = new BigDecimal(uptime.split(" ", 2)[0]).movePointRight(2).longValue();
            assertThat(ref.start()).isBetween(1L, ticks);
            assertThat(ref.start()).isGreaterThanOrEqualTo(ProcessRef.current().start());
            assertThat(ref.alive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessHandle firstChild(Process parent) {
        while (parent.isAlive()) {
            Optional<ProcessHandle> child = parent.children().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the shell ended");
    }

    @Test
    void stop_nothingThere_saysSo() throws IOException {
        assertThat(StopResult.stop(data())).isEqualTo(StopResult.NOTHING_RAN);
    }

    @Test
    void stop_launcherAliveButNotRecognised_leavesItAndItsFile() throws Exception {
        StateFile file = new StateFile(data());
        file.write(state(new ProcessRef(ProcessHandle.current().pid(), 12_345), null));
        try (RunLock _ = RunLock.take(data())) {
            assertThat(StopResult.stop(data())).isEqualTo(StopResult.NOT_RECOGNISED);
            assertThat(file.read()).isPresent();
        }
        assertThat(StopResult.stop(data())).isEqualTo(StopResult.REMAINS_ENDED);
        assertThat(file.read()).isEmpty();
    }

    @Test
    void stop_launcherAlive_endsIt() throws Exception {
        Process launcher = new ProcessBuilder("sleep", "600").start();
        try {
            new StateFile(data()).write(state(ProcessRef.of(launcher.toHandle()), null));
            assertThat(StopResult.stop(data())).isEqualTo(StopResult.ENDED);
            assertThat(launcher.isAlive()).isFalse();
        } finally {
            launcher.destroyForcibly();
        }
    }

    @Test
    void memory_ofThisProcess_isKnown() {
        assertThat(ProcessMemory.residentMegabytes(ProcessHandle.current().pid())).isPositive();
        assertThat(ProcessMemory.familyMegabytes(ProcessHandle.current())).isPositive();
    }

    @Test
    void backoff_failuresInARow_waitLongerUpToTheBound() {
        Backoff backoff = new Backoff();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(backoff.next(Duration.ofSeconds(1)).toSeconds());
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(backoff.next(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(1));
    }

    private DataDirectory data() {
        return new DataDirectory(folder);
    }

    private static RunState state(ProcessRef launcher, @Nullable ProcessRef index) {
        return new RunState(
                RunState.READY,
                launcher,
                URI.create("http://127.0.0.1:8080"),
                true,
                List.of(new PartState("index", PartState.READY, index, 8082, "0.1.0", 0)));
    }
}
