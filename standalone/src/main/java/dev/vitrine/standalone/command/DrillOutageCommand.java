package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps parts away for a time while a shop is at work and looks whether anything is lost. */
@Command(
        name = "outage",
        mixinStandardHelpOptions = true,
        description = {
            "Kafka, then PostgreSQL away for a minute each during an import with price updates, deletes and events;",
            "fails when anything acknowledged is lost, doubled, stale or revived."
        })
final class DrillOutageCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DrillOptions drill = new DrillOptions();

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            defaultValue = "kafka,postgresql",
            description = "Parts that go away, one after the other (default: ${DEFAULT-VALUE}).")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--away",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long each is away (default: ${DEFAULT-VALUE}).")
    private int awaySeconds;

    @Override
    public Integer call() throws Exception {
        if (awaySeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--away must be 1 or more");
        }
        List<Part> chosen = drill.parts(parts);
        return drill.run(shop -> shop.takeAway(chosen, Duration.ofSeconds(awaySeconds)));
    }
}
