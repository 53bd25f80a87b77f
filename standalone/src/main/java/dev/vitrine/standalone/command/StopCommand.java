package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.StopResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a running Vitrine, and what a killed one left behind. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "End the Vitrine that runs on a data folder.")
final class StopCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption option = new DataOption();

    @Override
    public Integer call() throws Exception {
        DataDirectory data = option.directory();
        Console console = Console.of(spec.commandLine().getOut());
        console.line(
                switch (StopResult.stop(data)) {
                    case NOTHING_RAN -> "No Vitrine runs on " + data.root();
                    case ENDED -> "Ended the Vitrine on " + data.root();
                    case REMAINS_ENDED ->
                            "The launcher on "
                                    + data.root()
                                    + " was gone already; what it left behind is ended";
                    case NOT_RECOGNISED ->
                            throw new CommandFailedException(
                                    "A Vitrine runs on "
                                            + data.root()
                                            + ", but run/state.json does not lead to its process;"
                                            + " end it by hand");
                });
        return Vitrine.DONE;
    }
}
