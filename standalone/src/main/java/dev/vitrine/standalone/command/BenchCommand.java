package dev.vitrine.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Stands in the list of commands; the script builds and starts the benchmarks itself, because they
 * and the engines beside ours are no part of the product.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure: bench platform [--processes] [--against opensearch] [--json FILE].")
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Benchmarks are run by the script ./vitrine in the checkout");
    }
}
