package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts everything without demo data. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start PostgreSQL, Kafka and the five services.")
final class UpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StartOptions options = new StartOptions();

    @Override
    public Integer call() throws Exception {
        RunSettings settings = options.settings(Environment.current());
        Launch launch = new Launch(settings, Console.of(spec.commandLine().getOut()));
        return options.detach()
                ? launch.detached(options.inForeground("up", settings))
                : launch.foreground(client -> {}, UpCommand::greeting);
    }

    private static List<String> greeting(RunState state) {
        return List.of(
                "Page and REST interface: " + state.gateway() + "/",
                "Import products with: ./vitrine import --catalog NAME --create FILE");
    }
}
