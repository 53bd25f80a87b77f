package dev.vitrine.benchmarks.command;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code ./vitrine bench}. Exit codes: 0 done, 1 what was asked failed, 2 wrong use. */
@Command(
        name = "vitrine bench",
        mixinStandardHelpOptions = true,
        description = "Measure Vitrine, side by side with others where a peer can run.",
        subcommands = {
            PlatformCommand.class,
            VectorSetCommand.class,
            VectorsCommand.class,
            KernelsCommand.class
        })
public final class Bench implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which benchmark?");
    }

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(Bench::explain)
                        .execute(arguments));
    }

    /** Files that cannot be read are the user's to mend, everything else is ours. */
    private static int explain(Exception failure, CommandLine command, ParseResult arguments)
            throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        // The message of a file that is missing is its name alone.
        command.getErr().println(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
