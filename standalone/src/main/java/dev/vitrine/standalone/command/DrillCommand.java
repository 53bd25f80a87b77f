package dev.vitrine.standalone.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Faults on purpose; which one is a command of its own. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Cause faults in a Vitrine of its own and look whether it stands them.",
        subcommands = {DrillKillCommand.class, DrillOutageCommand.class})
final class DrillCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which drill?");
    }
}
