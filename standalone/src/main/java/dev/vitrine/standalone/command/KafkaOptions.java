package dev.vitrine.standalone.command;

import dev.vitrine.servicekit.KafkaConnection;
import dev.vitrine.standalone.runtime.Part;
import dev.vitrine.standalone.runtime.PartState;
import dev.vitrine.standalone.runtime.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the Kafka of the Vitrine that it works on, and topics in it. */
final class KafkaOptions {
    private static final String EXTERNAL = "external";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of a Vitrine on this machine (default: VITRINE_DATA, else .vitrine in the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Kafka of a Vitrine anywhere, instead of --data.")
    private @Nullable String kafka;

    @Option(
            names = "--topic",
            paramLabel = "T",
            description = "Only this topic; may be repeated (default: all).")
    private List<String> topics = List.of();

    /** The brokers; encryption and login by {@code SPRING_KAFKA_...}, as the services take them. */
    KafkaConnection connection() throws IOException, CommandFailedException {
        return KafkaConnection.ofThisProcess().at(addresses());
    }

    private String addresses() throws IOException, CommandFailedException {
        if (kafka != null) {
            return kafka;
        }
        Environment environment = Environment.current();
        Optional<PartState> running =
                new StateFile(environment.data(data))
                        .readRunning()
                        .flatMap(state -> state.part(Part.KAFKA));
        if (running.isEmpty()) {
            throw new CommandFailedException(
                    "No Vitrine runs on %s. Start one with ./vitrine up --detach, or name one with --data or --kafka."
                            .formatted(environment.data(data).root()));
        }
        String own = environment.variables().getOrDefault("VITRINE_KAFKA", "");
        if (!running.get().state().equals(EXTERNAL)) {
            return "127.0.0.1:" + running.get().port();
        }
        if (own.isBlank()) {
            throw new CommandFailedException(
                    "This Vitrine uses a Kafka of yours: name it with VITRINE_KAFKA or --kafka.");
        }
        return own;
    }

    /** Whether a topic is asked for. */
    Predicate<String> topics() {
        return topic -> topics.isEmpty() || topics.contains(topic);
    }
}
