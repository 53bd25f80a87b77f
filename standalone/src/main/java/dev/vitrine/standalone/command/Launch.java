package dev.vitrine.standalone.command;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.runtime.ChildJvm;
import dev.vitrine.standalone.runtime.LogSetup;
import dev.vitrine.standalone.runtime.LogTail;
import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StartFailedException;
import dev.vitrine.standalone.runtime.StateFile;
import dev.vitrine.standalone.runtime.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts a Vitrine, here until Ctrl-C or in the background. */
final class Launch {
    private static final int TAIL_LINES = 30;

    private final RunSettings settings;
    private final Console console;

    Launch(RunSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    /** What comes between "all services run" and "ready". */
    @FunctionalInterface
    interface Loading {
        void load(VitrineClient client) throws ApiException;
    }

    /** What to say at the end. */
    @FunctionalInterface
    interface Greeting {
        List<String> lines(RunState state);
    }

    /** Starts everything and stays until this process is told to end. */
    int foreground(Loading loading, Greeting greeting)
            throws CommandFailedException, InterruptedException {
        LogSetup.toFiles(settings.data(), settings.processes());
        long from = System.nanoTime();
        Supervisor supervisor = new Supervisor(settings, console::line);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (supervisor.hasStarted()) {
                                        console.line("Ending");
                                    }
                                    supervisor.close();
                                },
                                "end"));
        try {
            RunState state = supervisor.start();
            supervisor.phase(RunState.LOADING);
            try (VitrineClient client = new VitrineClient(state.gateway())) {
                loading.load(client);
            }
            supervisor.awaitReady();
            console.line(
                    "Ready after %.1f s".formatted((System.nanoTime() - from) / 1_000_000_000.0));
            greeting.lines(state).forEach(console::line);
            supervisor.phase(RunState.READY);
        } catch (StartFailedException | ApiException failed) {
            // The exit that follows runs the hook, which ends what did start.
            throw new CommandFailedException(
                    failed.getMessage() + "\nThe log is " + settings.data().mainLog(), failed);
        }
        supervisor.awaitEnd();
        return Vitrine.DONE;
    }

    /**
     * Starts the same in the background and returns when it is ready.
     *
     * @param arguments command and options for the launcher in the background
     */
    int detached(List<String> arguments)
            throws CommandFailedException, IOException, InterruptedException {
        StateFile file = new StateFile(settings.data());
        Files.createDirectories(settings.data().logs());
        LogTail said = LogTail.fromEndOf(settings.data().launcherLog());
        Process launcher =
                ChildJvm.start(
                        settings.home(),
                        "run.options",
                        ChildJvm.sharedArchive(settings.home(), "run"),
                        Vitrine.class.getName(),
                        arguments,
                        Map.of(),
                        settings.data().launcherLog());
        AtomicBoolean ready = new AtomicBoolean();
        // Ctrl-C while we wait must not leave half a Vitrine behind.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (!ready.get()) {
                                        launcher.destroy();
                                        var _ = launcher.onExit().join();
                                    }
                                },
                                "end-launcher"));
        while (!launcher.waitFor(200, TimeUnit.MILLISECONDS)) {
            Optional<RunState> state =
                    file.read()
                            .filter(now -> now.phase().equals(RunState.READY))
                            .filter(now -> now.launcher().pid() == launcher.pid());
            said.next().stream()
                    .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
                    .forEach(console::line);
            if (state.isPresent()) {
                ready.set(true);
                console.line(
                        "It runs in the background: ./vitrine status shows it, ./vitrine stop ends it.");
                return Vitrine.DONE;
            }
        }
        List<String> last = new ArrayList<>(said.next());
        last.add("The launcher ended with status " + launcher.exitValue() + ". Last log lines:");
        last.addAll(LogTail.lastLines(settings.data().mainLog(), TAIL_LINES));
        throw new CommandFailedException(String.join("\n", last));
    }
}
