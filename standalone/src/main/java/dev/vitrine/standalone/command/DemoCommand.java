package dev.vitrine.standalone.command;

import dev.vitrine.standalone.demo.DemoCatalog;
import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts everything and loads the demo catalogue. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Start everything and load the demo catalogue of 19,406 electronics products.")
final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StartOptions options = new StartOptions();

    @Override
    public Integer call() throws Exception {
        // The prices of the demo catalogue are in dollars.
        RunSettings settings =
                options.settings(Environment.current()).withDefault("VITRINE_CURRENCY", "USD");
        Console console = Console.of(spec.commandLine().getOut());
        Launch launch = new Launch(settings, console);
        return options.detach()
                ? launch.detached(options.inForeground("demo", settings))
                : launch.foreground(
                        client ->
                                DemoCatalog.ELECTRONICS.load(
                                        client, console::progress, console::line),
                        DemoCommand::greeting);
    }

    private static List<String> greeting(RunState state) {
        String catalog = state.gateway() + "/v1/catalogs/" + DemoCatalog.ELECTRONICS.name();
        String json = " -H 'Content-Type: application/json' -d ";
        return List.of(
                "",
                "Open " + state.gateway() + "/",
                "",
                "Or try:",
                "  curl '" + catalog + "/search?q=wireless+mouse&limit=3'",
                "  curl "
                        + catalog
                        + "/search"
                        + json
                        + "'{\"q\":\"laptop\",\"filter\":\"price < 500\",\"facets\":[\"supplier\"],\"limit\":3}'",
                "  curl "
                        + catalog
                        + "/products/"
                        + DemoCatalog.ELECTRONICS.exampleId()
                        + "/similar"
                        + json
                        + "'{\"limit\":3}'",
                "");
    }
}
