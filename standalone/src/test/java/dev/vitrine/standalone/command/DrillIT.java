package dev.vitrine.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drills in small, by their commands. */
class DrillIT {

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
        JsonNode kills =
                passed(folder, "kill", "--parts", "index,postgresql", "--moments", "1")
                        .get("kills");

        assertThat(kills).hasSize(2);
        for (JsonNode kill : kills) {
            assertSeen(kill);
        }
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("| index | 1 |", "| postgresql | 1 |");
    }

    @Test
    void outage_ofKafkaThenDatabase_losesNothingAndReportsIt(@TempDir Path folder)
            throws Exception {
        JsonNode outages = passed(folder, "outage", "--away", "5").get("outages");

        assertThat(outages).hasSize(2);
        for (JsonNode outage : outages) {
            assertSeen(outage);
            assertThat(outage.get("awayMillis").asInt()).isGreaterThanOrEqualTo(5_000);
        }
        // What the table says of them was seen, not only allowed.
        assertThat(outages.get(0).get("part").asString()).isEqualTo("kafka");
        assertThat(outages.get(0).get("writes").get("good").asInt()).isPositive();
        assertThat(outages.get(0).get("events").toString()).contains("503 ");
        assertThat(outages.get(1).get("part").asString()).isEqualTo("postgresql");
        assertThat(outages.get(1).get("writes").toString()).contains("UNAVAILABLE");
        assertThat(outages.get(1).get("searches").size()).as("kinds of answers").isEqualTo(1);
    }

    private static void assertSeen(JsonNode fault) {
        assertThat(fault.get("acknowledged").asInt()).isPositive();
        assertThat(fault.get("eventsAcknowledged").asInt()).isPositive();
        assertThat(fault.get("recoveredAfterMillis").asInt()).isPositive();
        assertThat(fault.get("searches").get("good").asInt()).isPositive();
    }

    /** Runs a drill that must pass; its report. */
    private static JsonNode passed(Path folder, String... drill) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("drill"));
        arguments.addAll(List.of(drill));
        Path json = folder.resolve("report.json");
        arguments.addAll(
                List.of(
                        "--products",
                        "400",
                        "--vector-sample",
                        "20",
                        "--data",
                        folder.resolve("data").toString(),
                        "--json",
                        json.toString(),
                        "--markdown",
                        folder.resolve("report.md").toString()));
        StringWriter said = new StringWriter();
        CommandLine vitrine = Vitrine.commandLine().setOut(new PrintWriter(said, true));

        int status = vitrine.execute(arguments.toArray(String[]::new));

        assertThat(status).as(said.toString()).isEqualTo(Vitrine.DONE);
        JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(report.get("passed").asBoolean()).isTrue();
        return report;
    }
}
