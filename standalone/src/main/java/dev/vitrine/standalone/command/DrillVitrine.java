package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.LogSetup;
import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StartFailedException;
import dev.vitrine.standalone.runtime.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Vitrine of a drill's own: in processes, on free ports, in a fresh folder, with nothing taken
 * from the environment that could lead it to somebody's data.
 */
final class DrillVitrine implements AutoCloseable {
    private final DataDirectory data;
    private final boolean temporary;
    private final Supervisor supervisor;
    private final URI gateway;
    private final Thread hook;
    private boolean good;

    private DrillVitrine(
            DataDirectory data,
            boolean temporary,
            Supervisor supervisor,
            URI gateway,
            Thread hook) {
        this.data = data;
        this.temporary = temporary;
        this.supervisor = supervisor;
        this.gateway = gateway;
        this.hook = hook;
    }

    /**
     * @param folder new or empty; without one a temporary folder is used
     */
    static DrillVitrine start(@Nullable Path folder, Console console)
            throws CommandFailedException, IOException {
        if (folder != null && Files.exists(folder) && !isEmpty(folder)) {
            throw new CommandFailedException(
                    folder + " is not empty; a drill wants a folder of its own");
        }
        Path root = folder == null ? Files.createTempDirectory("vitrine-drill") : folder;
        DataDirectory data = new DataDirectory(root);
        LogSetup.toFiles(data, true);
        Supervisor supervisor =
                new Supervisor(
                        new RunSettings(
                                data,
                                Environment.current().home(),
                                true,
                                OptionalInt.of(freePort()),
                                Map.of()),
                        console::line);
        Thread hook = new Thread(supervisor::close, "end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            RunState state = supervisor.start();
            supervisor.awaitReady();
            supervisor.phase(RunState.READY);
            return new DrillVitrine(data, folder == null, supervisor, state.gateway(), hook);
        } catch (StartFailedException failed) {
            // The exit that follows runs the hook, which ends what did start.
            throw new CommandFailedException(
                    failed.getMessage() + "\nThe log is " + data.mainLog(), failed);
        }
    }

    Supervisor supervisor() {
        return supervisor;
    }

    URI gateway() {
        return gateway;
    }

    DataDirectory data() {
        return data;
    }

    /** The drill was passed: a temporary folder need not be kept. */
    void passed() {
        good = true;
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        Runtime.getRuntime().removeShutdownHook(hook);
        if (temporary && good) {
            delete(data.root());
        }
    }

    private static void delete(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
