package dev.vitrine.standalone.command;

import dev.vitrine.standalone.evaluation.BasketEvaluation;
import dev.vitrine.standalone.evaluation.NextItemResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Completes later baskets from earlier ones and measures it. */
@Command(
        name = "baskets",
        mixinStandardHelpOptions = true,
        description = "Measure what is bought together: hide one item of each later basket.")
final class EvaluateBasketsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "Invoices in the form of UCI Online Retail, gz too.")
    private Path data = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "DATE",
            required = true,
            description = "Baskets before this day are learned from, the others asked about.")
    private LocalDate split = LocalDate.EPOCH;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Override
    public Integer call() throws Exception {
        Map<String, NextItemResult> results;
        try {
            results = BasketEvaluation.run(data, split);
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    data + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (results.values().stream().anyMatch(result -> result.quality().cases() == 0)) {
            throw new CommandFailedException(
                    "No basket of two items or more from " + split + " on");
        }
        NextItemReport report = new NextItemReport(results, BasketEvaluation.best(results));
        report.table().forEach(Console.of(spec.commandLine().getOut())::line);
        if (jsonFile != null) {
            report.write(jsonFile, "hr20");
        }
        return Vitrine.DONE;
    }
}
