package dev.vitrine.standalone.command;

import dev.vitrine.standalone.client.ApiException;
import dev.vitrine.standalone.client.EventSending;
import dev.vitrine.standalone.client.VitrineClient;
import dev.vitrine.standalone.event.BasketFormat;
import dev.vitrine.standalone.event.EventFile;
import dev.vitrine.standalone.event.EventFileException;
import dev.vitrine.standalone.event.EventFormat;
import dev.vitrine.standalone.event.EventLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Brings a file of events into the event log of a running Vitrine. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = {
            "Send what visitors did (gzip and zstd too).",
            "Sending a file again is harmless: an event counts once."
        })
final class EventsCommand implements Callable<Integer> {
    private static final String CATALOG_NAME = "[a-z0-9][a-z0-9_-]{0,62}";

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--catalog", paramLabel = "C", required = true, description = "The catalogue.")
    private String catalog = "";

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "canonical",
            description = {
                "canonical: one event of the interface a line (default);",
                "baskets: invoices as CSV, one product a line;",
                "sessions: one visit a line, product ids separated by blanks."
            })
    private String format = "";

    @Option(
            names = "--keep-times",
            description =
                    "Only baskets: do not move all times so that the newest is now. The log refuses what is older than it keeps.")
    private boolean keepTimes;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    @Parameters(paramLabel = "FILE", description = "The events.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        if (!catalog.matches(CATALOG_NAME)) {
            throw wrong("No catalogue can have the name " + catalog);
        }
        EventFormat reader =
                EventFormat.named(format)
                        .orElseThrow(() ->
                                wrong(
                                        "There is no format %s; there are %s"
                                                .formatted(
                                                        format,
                                                        EventFormat.ALL.stream()
                                                                .map(EventFormat::name)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
        if (keepTimes) {
            if (!(reader instanceof BasketFormat)) {
                throw wrong("--keep-times goes with --format baskets");
            }
            reader = new BasketFormat(false);
        }
        if (file == null) {
            throw wrong("Which file?");
        }
        Console console = Console.of(spec.commandLine().getOut());
        try (VitrineClient client = new VitrineClient(target.gateway())) {
            if (client.catalog(catalog).isEmpty()) {
                throw new CommandFailedException("There is no catalogue " + catalog);
            }
            EventFile events = EventFile.at(file);
            try (EventLines lines = reader.open(events, catalog, Environment.clock().instant())) {
                return send(client, lines, console);
            }
        } catch (EventFileException | ApiException failed) {
            throw new CommandFailedException(failed);
        }
    }

    private int send(VitrineClient client, EventLines lines, Console console)
            throws ApiException, IOException {
        EventSending sending = new EventSending(client);
        long from = System.nanoTime();
        try {
            sending.run(lines, sent -> console.progress("Sending:", sent, 0));
        } finally {
            double seconds = (System.nanoTime() - from) / 1_000_000_000.0;
            sending.rejections().forEach(console::line);
            console.line(
                    "Accepted %,d, rejected %,d, %.1f s"
                            .formatted(sending.accepted(), sending.rejected(), seconds));
            writeJson(client, sending, seconds);
        }
        return sending.accepted() == 0 ? Vitrine.FAILED : Vitrine.DONE;
    }

    private void writeJson(VitrineClient client, EventSending sending, double seconds)
            throws IOException {
        if (jsonFile == null) {
            return;
        }
        ObjectNode result = client.json().createObjectNode();
        result.put("accepted", sending.accepted());
        result.put("rejected", sending.rejected());
        result.put("seconds", seconds);
        Files.writeString(
                jsonFile,
                client.json().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
