package dev.vitrine.standalone.command;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.demo.DemoCatalog;
import dev.vitrine.standalone.demo.DemoPurchases;
import dev.vitrine.standalone.runtime.RunSettings;
import dev.vitrine.standalone.runtime.RunState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts everything and loads the demo catalogues. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Start everything and load the demo catalogues: 19,406 electronics products,",
            "and 3,743 gifts with 3,000 purchases."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String CURRENCIES =
            DemoCatalog.ELECTRONICS.name() + "=USD," + DemoCatalog.GIFTS.name() + "=GBP";

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StartOptions options = new StartOptions();

    @Override
    public Integer call() throws Exception {
        RunSettings settings =
                options.settings(Environment.current()).withDefault("VITRINE_CURRENCY", CURRENCIES);
        Console console = Console.of(spec.commandLine().getOut());
        Launch launch = new Launch(settings, console);
        return options.detach()
                ? launch.detached(options.inForeground("demo", settings))
                : launch.foreground(client -> load(client, console), DemoCommand::greeting);
    }

    private static void load(VitrineClient client, Console console) throws ApiException {
        DemoCatalog.ELECTRONICS.load(client, console::progress, console::line);
        DemoCatalog.GIFTS.load(
                client,
                () ->
                        DemoPurchases.GIFTS.send(
                                client,
                                Environment.clock().instant(),
                                console::progress,
                                console::line),
                console::progress,
                console::line);
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
