package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.LogTail;
import dev.vitrine.standalone.runtime.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the last lines of a log. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the log of the launcher, or of one part.")
final class LogsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption option = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            description = "gateway, embedding, index, retrieval, recommender, postgresql or kafka.")
    private @Nullable String part;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--follow", description = "Go on with new lines until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        Path file = file(option.directory());
        Console console = Console.of(spec.commandLine().getOut());
        if (!Files.exists(file)) {
            throw new CommandFailedException("There is no log " + file);
        }
        LogTail tail = LogTail.fromEndOf(file);
        List<String> last = LogTail.lastLines(file, Math.max(1, lines));
        last.forEach(console::line);
        if (follow) {
            follow(tail, console);
        }
        return Vitrine.DONE;
    }

    private Path file(DataDirectory data) {
        if (part == null) {
            return data.mainLog();
        }
        Optional<Part> known = Part.named(part);
        if (known.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "There is no part " + part);
        }
        return data.log(known.get());
    }

    private static void follow(LogTail tail, Console console)
            throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(300, TimeUnit.MILLISECONDS)) {
            tail.next().forEach(console::line);
        }
    }
}
