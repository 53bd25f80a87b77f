package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.RunSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that {@code demo} and {@code up} share. */
final class StartOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--detach",
            description = "Return when everything is ready, and leave it running.")
    private boolean detach;

    @Option(names = "--processes", description = "Run the five services as five processes.")
    private boolean processes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where everything is kept (default: VITRINE_DATA, else .vitrine in the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the gateway (default: VITRINE_PORT, else 8080, else a free one).")
    private @Nullable Integer port;

    boolean detach() {
        return detach;
    }

    RunSettings settings(Environment environment) {
        if (port != null && (port < 1 || port > 65535)) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be 1 to 65535, not " + port);
        }
        return new RunSettings(
                environment.data(data),
                environment.home(),
                processes,
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                environment.variables());
    }

    /** The same command for a launcher in the background, which does not detach once more. */
    List<String> inForeground(String command, RunSettings settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add(command);
        arguments.add("--data");
        arguments.add(settings.data().root().toString());
        if (processes) {
            arguments.add("--processes");
        }
        if (port != null) {
            arguments.add("--port");
            arguments.add(port.toString());
        }
        return arguments;
    }
}
