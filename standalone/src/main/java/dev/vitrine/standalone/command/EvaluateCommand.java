package dev.vitrine.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The measurements of quality; what is measured is a command of its own. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measure the quality of searches and recommendations.",
        subcommands = {
            EvaluateSearchCommand.class,
            EvaluateBasketsCommand.class,
            EvaluateSessionsCommand.class
        })
final class EvaluateCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Evaluate what?");
    }
}
