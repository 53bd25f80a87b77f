package dev.vitrine.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Stands in the list of commands; the script runs the tests itself, because they build this class.
 */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Run everything that CI runs.")
final class TestCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "The tests are run by the script ./vitrine in the checkout");
    }
}
