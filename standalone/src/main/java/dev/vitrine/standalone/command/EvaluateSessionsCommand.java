package dev.vitrine.standalone.command;

import dev.vitrine.standalone.evaluation.NextItemResult;
import dev.vitrine.standalone.evaluation.SessionEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Predicts the next click of sessions and measures it. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "Measure what comes next in a session: P@20 and MRR@20 over all items.")
final class EvaluateSessionsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--train",
            paramLabel = "FILE",
            required = true,
            description = "One session a line, item ids separated by spaces, by time; gz too.")
    private Path train = Path.of("");

    @Option(
            names = "--test",
            paramLabel = "FILE",
            required = true,
            description = "Items, a tab and the item that came next; gz too.")
    private Path test = Path.of("");

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "MODEL",
            description = "session-knn, v-sknn, popular (default: all).")
    private List<String> models = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Override
    public Integer call() throws Exception {
        List<String> known = SessionEvaluation.modelNames();
        for (String model : models) {
            if (!known.contains(model)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no model " + model + "; there are " + String.join(", ", known));
            }
        }
        Map<String, NextItemResult> results;
        try {
            results = SessionEvaluation.run(train, test, models.isEmpty() ? known : models);
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    "The sessions cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (results.values().stream().anyMatch(result -> result.quality().cases() == 0)) {
            throw new CommandFailedException(test + " has no cases");
        }
        NextItemReport report = new NextItemReport(results, SessionEvaluation.best(results));
        report.table().forEach(Console.of(spec.commandLine().getOut())::line);
        if (jsonFile != null) {
            report.write(jsonFile, "p20");
        }
        return Vitrine.DONE;
    }
}
