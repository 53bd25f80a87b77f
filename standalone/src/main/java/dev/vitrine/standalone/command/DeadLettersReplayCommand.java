package dev.vitrine.standalone.command;

import dev.vitrine.standalone.deadletter.DeadLetter;
import dev.vitrine.standalone.deadletter.DeadLetterBox;
import dev.vitrine.standalone.deadletter.DeadLetterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Sends records once more that could not be used. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Send records that could not be used to their topics once more, each of them once.",
            "Do it when what was wrong is put right: a catalogue made, a schema changed."
        })
final class DeadLettersReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--all", description = "All that were not sent once more yet.")
    private boolean all;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Records as list names them.")
    private List<String> ids = List.of();

    @Override
    public Integer call() throws Exception {
        if (all == !ids.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Which ones: IDs, or --all?");
        }
        Console console = Console.of(spec.commandLine().getOut());
        DeadLetterBox.Replay replay;
        try (DeadLetterBox box = new DeadLetterBox(kafka.connection())) {
            replay = box.replay(kafka.topics(), letter -> all || ids.contains(letter.id()));
        } catch (DeadLetterException failed) {
            throw new CommandFailedException(failed);
        }
        console.line("Sent %,d records once more".formatted(replay.sent()));
        for (DeadLetter letter : replay.left()) {
            console.line(
                    "Left %s: its %,d bytes are not kept here"
                            .formatted(letter.id(), letter.bytes()));
        }
        if (jsonFile != null) {
            JsonMapper mapper = JsonMapper.builder().build();
            Files.writeString(
                    jsonFile,
                    mapper.createObjectNode()
                                    .put("replayed", replay.sent())
                                    .put("left", replay.left().size())
                                    .toPrettyString()
                            + "\n");
        }
        // Chosen ones that were not there, or were sent before, are not what was asked for.
        boolean done = replay.left().isEmpty() && (all || replay.sent() == ids.size());
        return done ? Vitrine.DONE : Vitrine.FAILED;
    }
}
