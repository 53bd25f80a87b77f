package dev.vitrine.benchmarks.command;

import dev.vitrine.benchmarks.kernels.KernelReport;
import dev.vitrine.benchmarks.kernels.KernelRun;
import dev.vitrine.benchmarks.report.Machine;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench kernels}: nanoseconds a row of our kernels and of the peers'. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description = "Compare distance kernels on the same rows.")
final class KernelsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dims", defaultValue = "384", description = "Dimensions (${DEFAULT-VALUE}).")
    private int dimensions;

    @Option(names = "--rounds", defaultValue = "12", description = "Best of N (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--millis",
            defaultValue = "100",
            description = "Milliseconds of a kernel in a round (${DEFAULT-VALUE}).")
    private int millis;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "And as Markdown.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws Exception {
        if (dimensions < 1 || rounds < 1 || millis < 1) {
            throw new ParameterException(spec.commandLine(), "Numbers must be positive");
        }
        PrintWriter out = spec.commandLine().getOut();
        KernelReport report =
                KernelRun.run(dimensions, rounds, TimeUnit.MILLISECONDS.toNanos(millis), out);
        String command =
                "./vitrine bench "
                        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        String text = report.markdown(command, date, Machine.current(), Machine.vectorFlags());
        out.println(text);
        out.flush();
        if (json != null) {
            Files.writeString(
                    json, report.json(command, date, Machine.current(), Machine.vectorFlags()));
        }
        if (markdown != null) {
            Files.writeString(markdown, text);
        }
        return 0;
    }
}
