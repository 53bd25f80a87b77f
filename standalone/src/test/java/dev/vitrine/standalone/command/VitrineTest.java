package dev.vitrine.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Arguments, exit codes and messages of commands that need no running Vitrine. */
class VitrineTest {
    @TempDir private Path folder = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "stop",
                "status",
                "logs",
                "import",
                "events",
                "dead-letters",
                "dead-letters list",
                "dead-letters replay",
                "evaluate",
                "evaluate search",
                "evaluate baskets",
                "evaluate sessions",
                "drill",
                "drill kill",
                "drill outage",
                "embed",
                "test",
                ""
            })
    void help_everywhere_isGiven(String command) {
        assertThat(run((command + " --help").strip().split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: vitrine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "evaluate",
                "drill",
                "drill kill --moments 0",
                "drill kill --parts toaster",
                "drill kill --products 99",
                "drill outage --away 0",
                "test",
                "up --port 70000",
                "up --unknown",
                "import FILE",
                "import --catalog Not/Good FILE",
                "import --catalog c --mapping M FILE",
                "events FILE",
                "events --catalog Not/Good FILE",
                "events --catalog c --format ga4 FILE",
                "events --catalog c --format sessions --keep-times FILE",
                "dead-letters",
                "dead-letters list --limit 0",
                "dead-letters replay",
                "dead-letters replay --all an-id",
                "evaluate search --catalog c --judgments F --mode best",
                "evaluate baskets --data F --split yesterday",
                "evaluate sessions --train F --test F --models best",
                "logs everything",
                "embed --in a"
            })
    void wrongUse_isTwoWithTheUsageLine(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: vitrine");
    }

    @Test
    void import_noVitrineRuns_saysHowToStartOne() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{\"id\":\"1\"}\n");
        assertThat(run("import", "--catalog", "c", "--data", folder.toString(), file.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("No Vitrine runs on " + folder)
                .contains("./vitrine up --detach");
    }

    @Test
    void events_inAFormatOfALaterRelease_namesThoseThereAre() {
        assertThat(run("events", "--catalog", "c", "--format", "ga4", "x")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("There is no format ga4; there are canonical, baskets, sessions");
    }

    @Test
    void deadLetters_noVitrineRuns_saysHowToStartOne() {
        assertThat(run("dead-letters", "list", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("No Vitrine runs on " + folder);
    }

    @Test
    void status_nothingRuns_isOneAndNamesEveryPart() throws IOException {
        Path json = folder.resolve("status.json");
        assertThat(run("status", "--data", folder.toString(), "--json", json.toString()))
                .isEqualTo(1);
        JsonNode parts =
                JsonMapper.builder().build().readTree(Files.readString(json)).path("parts");
        assertThat(parts.valueStream().map(part -> part.path("name").asString()))
                .containsExactly(
                        "gateway",
                        "embedding",
                        "index",
                        "retrieval",
                        "recommender",
                        "postgresql",
                        "kafka");
        assertThat(parts.path(0).path("state").asString()).isEqualTo("stopped");
        assertThat(parts.path(0).path("pid").isNull()).isTrue();
    }

    @Test
    void statusJson_hasExactlyTheKeysOfTheInterface() {
        assertThat(
                        StatusCommand.json(
                                List.of(
                                        new StatusCommand.Row(
                                                "gateway", "ready", 7, 8080, 123, "0.1.0"))))
                .isEqualToIgnoringWhitespace(
                        """
                        {"parts": [{"name": "gateway", "state": "ready", "pid": 7, "port": 8080,
                                    "megabytes": 123, "version": "0.1.0"}]}
                        """);
    }

    @Test
    void stop_nothingRuns_isDone() {
        assertThat(run("stop", "--data", folder.toString())).isZero();
        assertThat(out.toString()).startsWith("No Vitrine runs on " + folder);
    }

    @Test
    void stop_lockHeldByAVitrineThatItDoesNotFind_isOne() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        try (FileChannel file =
                        FileChannel.open(
                                folder.resolve("run/lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            assertThat(run("stop", "--data", folder.toString())).isEqualTo(1);
        }
        assertThat(err.toString()).startsWith("A Vitrine runs on " + folder);
    }

    @Test
    void logs_ofPostgresql_showsTheServersOwnLog() throws IOException {
        Files.createDirectories(folder.resolve("postgresql"));
        Files.writeString(folder.resolve("postgresql/postgresql.log"), "ready\n");
        assertThat(run("logs", "postgresql", "--data", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo("ready%n".formatted());
    }

    @Test
    void logs_ofAPart_showsItsLastLines() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/index.log"), "one\ntwo\nthree\n");
        assertThat(run("logs", "index", "--lines", "2", "--data", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo("two%nthree%n".formatted());
    }

    private int run(String... arguments) {
        CommandLine line = Vitrine.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
