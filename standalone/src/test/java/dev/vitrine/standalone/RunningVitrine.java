package dev.vitrine.standalone;

import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.LogSetup;
import dev.vitrine.standalone.runtime.Part;
import dev.vitrine.standalone.runtime.PartState;
import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StartFailedException;
import dev.vitrine.standalone.runtime.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A whole Vitrine for a test: every part on a free port, everything it keeps in the given folder.
 * Started again on the same folder it finds its data. Closing it ends every part.
 */
public final class RunningVitrine implements AutoCloseable {
    private final Supervisor supervisor;
    private final RunState started;

    private RunningVitrine(Supervisor supervisor, RunState started) {
        this.supervisor = supervisor;
        this.started = started;
    }

    /** The five services as contexts in the JVM of the test. */
    public static RunningVitrine inThisProcess(Path folder) throws StartFailedException {
        return start(folder, false, Map.of());
    }

    /** The five services and Kafka as processes, which a test may kill. */
    public static RunningVitrine inProcesses(Path folder) throws StartFailedException {
        return start(folder, true, Map.of());
    }

    /**
     * Starts everything and returns when every service takes requests.
     *
     * @param environment as for the launcher, for instance {@code VITRINE_JDBC_URL}
     */
    public static RunningVitrine start(
            Path folder, boolean processes, Map<String, String> environment)
            throws StartFailedException {
        DataDirectory data = new DataDirectory(folder);
        LogSetup.toFiles(data, processes);
        // Tests run in the folder of their module.
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        Supervisor supervisor =
                new Supervisor(
                        new RunSettings(
                                data, checkout, processes, OptionalInt.of(freePort()), environment),
                        line -> {});
        boolean ready = false;
        try {
            RunState state = supervisor.start();
            supervisor.awaitReady();
            supervisor.phase(RunState.READY);
            ready = true;
            return new RunningVitrine(supervisor, state);
        } finally {
            if (!ready) {
                supervisor.close();
            }
        }
    }

    public URI gateway() {
        return started.gateway();
    }

    /** What holds the parts, for drills. */
    public Supervisor supervisor() {
        return supervisor;
    }

    /** A client of the public interface; the test closes it. */
    public VitrineClient client() {
        return new VitrineClient(started.gateway());
    }

    /** The part's port on the loopback address. */
    public int port(Part part) {
        return started.part(part).map(PartState::port).orElseThrow();
    }

    @Override
    public void close() {
        supervisor.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
