package dev.vitrine.standalone.command;

import dev.vitrine.servicekit.RecordOrigin;
import dev.vitrine.standalone.deadletter.DeadLetter;
import dev.vitrine.standalone.deadletter.DeadLetterBox;
import dev.vitrine.standalone.deadletter.DeadLetterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what could not be used, and why. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Show records that could not be used: reason, origin, key.")
final class DeadLettersListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Most records to show (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--replayed", description = "Show those that were sent once more, too.")
    private boolean replayed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        Console console = Console.of(spec.commandLine().getOut());
        List<DeadLetter> letters;
        try (DeadLetterBox box = new DeadLetterBox(kafka.connection())) {
            letters = box.list(kafka.topics(), replayed, limit);
        } catch (DeadLetterException failed) {
            throw new CommandFailedException(failed);
        }
        for (DeadLetter letter : letters) {
            RecordOrigin origin = letter.origin();
            console.line(
                    "%s%s  from %s  key %s  %,d bytes%s%n    %s"
                            .formatted(
                                    letter.id(),
                                    letter.replayed() ? " (replayed)" : "",
                                    origin == null ? "an unknown place" : origin.place(),
                                    letter.key(),
                                    letter.bytes(),
                                    letter.leftOut() ? " (left out)" : "",
                                    letter.reason()));
        }
        console.line(
                letters.isEmpty()
                        ? "No dead letters"
                        : letters.size() < limit
                                ? "%,d dead letters".formatted(letters.size())
                                : "The first %,d dead letters".formatted(letters.size()));
        if (jsonFile != null) {
            Files.writeString(jsonFile, json(letters));
        }
        return Vitrine.DONE;
    }

    static String json(List<DeadLetter> letters) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode array = root.putArray("deadLetters");
        for (DeadLetter letter : letters) {
            ObjectNode node = array.addObject();
            node.put("id", letter.id());
            node.put("reason", letter.reason());
            RecordOrigin origin = letter.origin();
            if (origin != null) {
                node.putObject("source")
                        .put("topic", origin.topic())
                        .put("partition", origin.partition())
                        .put("offset", origin.offset());
            } else {
                node.putNull("source");
            }
            node.put("key", letter.key());
            node.put("bytes", letter.bytes());
            node.put("leftOut", letter.leftOut());
            node.put("time", Instant.ofEpochMilli(letter.time()).toString());
            node.put("replayed", letter.replayed());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
