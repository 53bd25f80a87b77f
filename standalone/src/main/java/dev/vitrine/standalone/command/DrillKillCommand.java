package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills parts while a shop is at work and looks whether anything is lost. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = {
            "kill -9 of every part at random moments of an import with price updates, deletes and events;",
            "fails when anything acknowledged is lost, doubled, stale or revived."
        })
final class DrillKillCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DrillOptions drill = new DrillOptions();

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "Parts to kill, in this order (default: all of them).")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--moments",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each part is killed (default: ${DEFAULT-VALUE}).")
    private int moments;

    @Override
    public Integer call() throws Exception {
        if (moments < 1) {
            throw new ParameterException(spec.commandLine(), "--moments must be 1 or more");
        }
        List<Part> chosen = parts.isEmpty() ? List.of(Part.values()) : drill.parts(parts);
        return drill.run(shop -> shop.kill(chosen, moments));
    }
}
