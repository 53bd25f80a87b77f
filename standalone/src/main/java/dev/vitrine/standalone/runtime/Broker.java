package dev.vitrine.standalone.runtime;

import dev.vitrine.embedded.EmbeddedKafka;
import dev.vitrine.embedded.EmbeddedKafkaSettings;
import dev.vitrine.embedded.KafkaMain;
import dev.vitrine.embedded.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka in use: one that the environment names, else an embedded broker in this JVM, or, where
 * the services have processes of their own, in its own.
 */
final class Broker implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final String bootstrap;
    private final @Nullable EmbeddedKafka inside;
    private final @Nullable Process child;

    private Broker(String bootstrap, @Nullable EmbeddedKafka inside, @Nullable Process child) {
        this.bootstrap = bootstrap;
        this.inside = inside;
        this.child = child;
    }

    /**
     * Returns when the broker answers.
     *
     * @param launched told of a process of its own as soon as there is one
     */
    static Broker start(RunSettings settings, int port, Consumer<ProcessHandle> launched)
            throws StartFailedException {
        Optional<String> given = settings.variable("VITRINE_KAFKA");
        if (given.isPresent()) {
            return new Broker(given.get(), null, null);
        }
        try {
            return settings.processes()
                    ? ownProcess(settings, port, launched)
                    : inThisProcess(settings, port);
        } catch (PlatformException | IOException failed) {
            throw new StartFailedException("kafka: " + failed.getMessage(), failed);
        }
    }

    private static Broker inThisProcess(RunSettings settings, int port) {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        EmbeddedKafkaSettings.in(settings.data().kafka()).withPort(port));
        return new Broker(kafka.bootstrapServers(), kafka, null);
    }

    private static Broker ownProcess(
            RunSettings settings, int port, Consumer<ProcessHandle> launched)
            throws IOException, StartFailedException {
        Process process =
                ChildJvm.start(
                        settings.home(),
                        "service.options",
                        Part.KAFKA.jvmOptions(settings.home()),
                        KafkaMain.class.getName(),
                        List.of(settings.data().kafka().toString(), Integer.toString(port)),
                        Map.of(),
                        settings.data().log(Part.KAFKA));
        Broker broker = new Broker("127.0.0.1:" + port, null, process);
        boolean ready = false;
        try {
            launched.accept(process.toHandle());
            EmbeddedKafka.awaitReady(broker.bootstrap, START_PATIENCE, process.onExit());
            ready = true;
        } catch (PlatformException failed) {
            throw StartFailedException.of(
                    Part.KAFKA, process, settings.data().log(Part.KAFKA), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("kafka was not needed any more");
        } finally {
            if (!ready) {
                broker.close();
            }
        }
        return broker;
    }

    String bootstrap() {
        return bootstrap;
    }

    /** The broker's process; empty when it is not ours. */
    Optional<ProcessHandle> process() {
        return child != null
                ? Optional.of(child.toHandle())
                : inside != null ? Optional.of(ProcessHandle.current()) : Optional.empty();
    }

    int port() {
        String first = bootstrap.split(",", 2)[0];
        try {
            return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
        } catch (NumberFormatException noPort) {
            return 0;
        }
    }

    @Override
    public void close() {
        if (inside != null) {
            inside.close();
        }
        if (child != null) {
            ProcessRef.of(child.toHandle()).stop(STOP_PATIENCE);
        }
    }
}
