package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.Versions;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The launcher's commands. Exit codes: 0 done, 1 what was asked failed, 2 wrong use.
 *
 * <p>The script {@code vitrine} finds a JDK, builds what is missing and starts this class.
 */
@Command(
        name = "vitrine",
        mixinStandardHelpOptions = true,
        versionProvider = Vitrine.Version.class,
        description = "Product search for shops, on this machine.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            StopCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ImportCommand.class,
            EventsCommand.class,
            DeadLettersCommand.class,
            EvaluateCommand.class,
            DrillCommand.class,
            EmbedCommand.class,
            BenchCommand.class,
            TestCommand.class
        })
public final class Vitrine implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The parser with the rules for exit codes and messages. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Vitrine());
        line.setParameterExceptionHandler((wrongUse, arguments) -> {
            CommandLine command = wrongUse.getCommandLine();
            PrintWriter err = command.getErr();
            err.println(wrongUse.getMessage());
            command.usage(err);
            return WRONG_USE;
        });
        line.setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof CommandFailedException said) {
                command.getErr().println(said.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
            return FAILED;
        });
        return line;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Vitrine " + Versions.vitrine()};
        }
    }
}
