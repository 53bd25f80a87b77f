package dev.vitrine.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drill in small, by its command: two parts that keep something, one moment each. */
class DrillKillIT {

    private static final String HOME = "vitrine.home";

    private final String before = System.getProperty(HOME, "");

    @BeforeEach
    void nameTheCheckout() {
        // Tests run in the folder of their module.
        System.setProperty(HOME, "..");
    }

    @AfterEach
    void putBack() {
        System.setProperty(HOME, before);
    }

    @Test
    void kill_ofIndexAndDatabase_losesNothingAndReportsIt(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("kill.json");
        Path markdown = folder.resolve("kill.md");
        StringWriter said = new StringWriter();
        CommandLine vitrine = Vitrine.commandLine().setOut(new PrintWriter(said, true));

        int status =
                vitrine.execute(
                        "drill",
                        "kill",
                        "--parts",
                        "index,postgresql",
                        "--moments",
                        "1",
                        "--products",
                        "400",
                        "--vector-sample",
                        "20",
                        "--data",
                        folder.resolve("data").toString(),
                        "--json",
                        json.toString(),
                        "--markdown",
                        markdown.toString());

        assertThat(status).as(said.toString()).isEqualTo(Vitrine.DONE);
        JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(report.get("passed").asBoolean()).isTrue();
        assertThat(report.get("kills")).hasSize(2);
        for (JsonNode kill : report.get("kills")) {
            assertThat(kill.get("acknowledged").asInt()).isPositive();
            assertThat(kill.get("eventsAcknowledged").asInt()).isPositive();
            assertThat(kill.get("recoveredAfterMillis").asInt()).isPositive();
            assertThat(kill.get("searches").get("good").asInt()).isPositive();
        }
        assertThat(Files.readString(markdown)).contains("| index | 1 |", "| postgresql | 1 |");
    }
}
