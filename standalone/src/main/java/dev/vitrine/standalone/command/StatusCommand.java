package dev.vitrine.standalone.command;

import dev.vitrine.standalone.runtime.DataDirectory;
import dev.vitrine.standalone.runtime.Health;
import dev.vitrine.standalone.runtime.Part;
import dev.vitrine.standalone.runtime.PartState;
import dev.vitrine.standalone.runtime.ProcessMemory;
import dev.vitrine.standalone.runtime.ProcessRef;
import dev.vitrine.standalone.runtime.RunState;
import dev.vitrine.standalone.runtime.StateFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the parts of a running Vitrine; exit code 0 when all of them are ready. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show the parts of the Vitrine that runs on a data folder.")
final class StatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DataOption option = new DataOption();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path jsonFile;

    /**
     * One line of the answer.
     *
     * @param pid 0 for none
     * @param port 0 for none
     * @param megabytes of the whole process, which parts may share
     */
    record Row(String name, String state, long pid, int port, long megabytes, String version) {}

    @Override
    public Integer call() throws Exception {
        DataDirectory data = option.directory();
        Console console = Console.of(spec.commandLine().getOut());
        Optional<RunState> state = new StateFile(data).read();
        List<Row> rows = new ArrayList<>();
        try (Health health = new Health()) {
            for (Part part : Part.values()) {
                rows.add(row(part, state, health));
            }
        }
        if (state.map(RunState::launcher).filter(ProcessRef::alive).isEmpty()) {
            console.line("No Vitrine runs on " + data.root());
        } else {
            console.line("%s  %s".formatted(state.get().phase(), state.get().gateway()));
            for (Row row : rows) {
                console.line(
                        "%-12s %-11s pid %-8s port %-6s %5d MB  %s"
                                .formatted(
                                        row.name(),
                                        row.state(),
                                        row.pid() == 0 ? "-" : Long.toString(row.pid()),
                                        row.port() == 0 ? "-" : Integer.toString(row.port()),
                                        row.megabytes(),
                                        row.version()));
            }
        }
        if (jsonFile != null) {
            Files.writeString(jsonFile, json(rows));
        }
        boolean allReady =
                rows.stream()
                        .allMatch(row ->
                                row.state().equals("ready") || row.state().equals("external"));
        return allReady ? Vitrine.DONE : Vitrine.FAILED;
    }

    private static Row row(Part part, Optional<RunState> state, Health health) {
        Optional<PartState> known = state.flatMap(running -> running.part(part));
        if (state.isEmpty() || known.isEmpty()) {
            return new Row(part.label(), "stopped", 0, 0, 0, "");
        }
        boolean launcherLives = state.get().launcher().alive();
        PartState now = known.get();
        String version = now.version() == null ? "" : now.version();
        if (launcherLives && now.state().equals("external")) {
            return new Row(part.label(), "external", 0, now.port(), 0, version);
        }
        ProcessRef process = now.process();
        Optional<ProcessHandle> alive = process == null ? Optional.empty() : process.find();
        if (alive.isEmpty()) {
            String word =
                    !launcherLives ? "stopped" : now.state().equals("ready") ? "down" : now.state();
            return new Row(part.label(), word, 0, now.port(), 0, version);
        }
        String word = now.state();
        if (word.equals("ready")
                && part.isService()
                && !health.ready(addressOf(state.get(), now.port()))) {
            word = "not-ready";
        }
        long megabytes =
                part == Part.POSTGRESQL
                        ? ProcessMemory.familyMegabytes(alive.get())
                        : ProcessMemory.residentMegabytes(alive.get().pid());
        return new Row(part.label(), word, alive.get().pid(), now.port(), megabytes, version);
    }

    private static URI addressOf(RunState state, int port) {
        return URI.create("http://" + state.gateway().getHost() + ":" + port);
    }

    static String json(List<Row> rows) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode parts = root.putArray("parts");
        for (Row row : rows) {
            ObjectNode part = parts.addObject();
            part.put("name", row.name());
            part.put("state", row.state());
            if (row.pid() == 0) {
                part.putNull("pid");
            } else {
                part.put("pid", row.pid());
            }
            if (row.port() == 0) {
                part.putNull("port");
            } else {
                part.put("port", row.port());
            }
            part.put("megabytes", row.megabytes());
            part.put("version", row.version());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
