package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Each service in a JVM of its own, as in production; logs go to one file a service. */
final class OwnProcesses implements ServiceHost {
    /** A shard without a snapshot reads everything first. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(10);

    /** The first orderly end after a build writes an archive of classes, all five at once. */
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);

    private final RunSettings settings;
    private final String host;
    private final Health health = new Health();
    private final Map<Part, Process> running = new EnumMap<>(Part.class);
    private boolean closed;

    OwnProcesses(RunSettings settings) throws StartFailedException {
        this.settings = settings;
        this.host = settings.reachableHost();
    }

    @Override
    public ProcessHandle start(
            Part service, Map<String, String> variables, Consumer<ProcessHandle> launched)
            throws StartFailedException {
        Process process;
        try {
            process = launch(service, variables);
        } catch (IOException failed) {
            throw new StartFailedException(
                    service.label() + " did not start: " + failed.getMessage(), failed);
        }
        launched.accept(process.toHandle());
        String port = variables.getOrDefault(service.portVariable(), "0");
        try {
            if (!health.await(
                    URI.create("http://" + host + ":" + port), START_PATIENCE, process::isAlive)) {
                StartFailedException failed =
                        StartFailedException.of(
                                service, process, settings.data().log(service), null);
                end(List.of(process));
                throw failed;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException(service.label() + " was not needed any more");
        }
        return process.toHandle();
    }

    private synchronized Process launch(Part service, Map<String, String> variables)
            throws IOException, StartFailedException {
        if (closed) {
            throw new StartFailedException(service.label() + " was not needed any more");
        }
        Map<String, String> environment = new LinkedHashMap<>(variables);
        environment.put("LOGGING_FILE_NAME", settings.data().log(service).toString());
        environment.put("LOGGING_THRESHOLD_CONSOLE", "OFF");
        environment.put("SPRING_MAIN_BANNER_MODE", "off");
        environment.put("VITRINE_DRAIN", "1s");
        if (service != Part.INDEX) {
            // The launcher's own environment may hold it; only the index needs it.
            environment.put("VITRINE_JDBC_PASSWORD", "");
        }
        Process process =
                ChildJvm.start(
                        settings.home(),
                        "service.options",
                        service.jvmOptions(settings.home()),
                        service.application(),
                        List.of(),
                        environment,
                        settings.data().outputOf(service));
        running.put(service, process);
        return process;
    }

    @Override
    public void close() {
        List<Process> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(running.values());
        }
        health.close();
        end(open);
    }

    /** Asks all at once, then waits: they share the patience. */
    private static void end(List<Process> processes) {
        processes.forEach(Process::destroy);
        long until = System.nanoTime() + STOP_PATIENCE.toNanos();
        for (Process process : processes) {
            try {
                if (!process.waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
