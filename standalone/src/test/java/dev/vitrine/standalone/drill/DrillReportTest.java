package dev.vitrine.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.drill.Answers.Kind;
import dev.vitrine.standalone.runtime.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A drill is worth something only when it would notice: each kind of fault must fail it. */
class DrillReportTest {
    private static final Content NOW = new Content(5, 2, "lamp", 10);
    private static final Content BEFORE = new Content(4, 2, "lamp", 9);

    @Test
    void nothingWrong_passes() {
        Findings findings = new Findings();
        findings.compare("columns", "a", NOW, NOW);
        findings.compare("columns", "b", Content.ABSENT, Content.ABSENT);
        assertThat(report(row(findings, 0, 0, 0, List.of())).passed()).isTrue();
    }

    @Test
    void eachFaultOfAProduct_isNamedAndFails() {
        Findings findings = new Findings();
        findings.compare("columns", "lost", NOW, Content.ABSENT);
        findings.compare("columns", "stale", NOW, BEFORE);
        findings.compare("columns", "revived", Content.ABSENT, BEFORE);
        findings.duplicated("text", "twice");

        DrillReport report = report(row(findings, 0, 0, 0, List.of()));
        assertThat(report.passed()).isFalse();
        assertThat(report.misses().getFirst())
                .contains("lost 1, duplicated 1, stale 1, resurrected 1", "lost in columns: lost");
        JsonNode json =
                JsonMapper.builder().build().readTree(report.toJson(JsonMapper.builder().build()));
        assertThat(json.get("passed").asBoolean()).isFalse();
        assertThat(json.get("kills").get(0).get("stale").asInt()).isEqualTo(1);
        assertThat(report.toMarkdown()).contains("thresholds missed");
    }

    @Test
    void wrongEventsOrForbiddenAnswer_fails() {
        assertThat(report(row(new Findings(), 1, 0, 0, List.of())).passed()).isFalse();
        assertThat(report(row(new Findings(), 0, 1, 0, List.of())).passed()).isFalse();
        assertThat(report(row(new Findings(), 0, 0, 1, List.of())).passed()).isFalse();
        assertThat(report(row(new Findings(), 0, 0, 0, List.of("search: 1 500"))).passed())
                .isFalse();
        assertThat(
                        new DrillReport(
                                        DrillReport.Kind.KILL,
                                        1,
                                        10,
                                        1,
                                        List.of(),
                                        "kafka did not come back")
                                .passed())
                .isFalse();
    }

    @Test
    void events_areComparedByTheirIds() {
        EventLedger events = new EventLedger();
        String first = events.next();
        String second = events.next();
        events.acknowledged(first);
        EventLedger.Comparison compared =
                events.compare(Map.of(second, 2, "drill-event-7", 1, "other-shop-click", 2), 4);
        assertThat(compared.lost()).isEqualTo(1);
        assertThat(compared.foreign()).isEqualTo(1);
        assertThat(compared.repeated()).isEqualTo(1);
        assertThat(compared.miscounted()).isEqualTo(1);
    }

    @Test
    void allowedAnswers_areThoseOfTheTable() {
        for (Part part : Part.values()) {
            assertThat(AllowedAnswers.allow(part, Kind.SEARCH, Answers.GOOD)).isTrue();
            assertThat(AllowedAnswers.allow(part, Kind.SEARCH, "500 INTERNAL_ERROR")).isFalse();
            assertThat(AllowedAnswers.allow(part, Kind.WRITE, "500 INTERNAL_ERROR")).isFalse();
        }
        assertThat(AllowedAnswers.allow(Part.POSTGRESQL, Kind.SEARCH, "503 UNAVAILABLE")).isFalse();
        assertThat(AllowedAnswers.allow(Part.POSTGRESQL, Kind.WRITE, "503 UNAVAILABLE")).isTrue();
        assertThat(AllowedAnswers.allow(Part.KAFKA, Kind.WRITE, "503 UNAVAILABLE")).isFalse();
        assertThat(AllowedAnswers.allow(Part.EMBEDDING, Kind.SEARCH, "partial embedding")).isTrue();
        assertThat(AllowedAnswers.allow(Part.RETRIEVAL, Kind.WRITE, "503 UNAVAILABLE")).isFalse();
        assertThat(AllowedAnswers.allow(Part.RECOMMENDER, Kind.SEARCH, Answers.NONE)).isFalse();
        assertThat(
                        AllowedAnswers.allow(
                                Part.RETRIEVAL, Kind.SEARCH, "503 UNAVAILABLE without Retry-After"))
                .isFalse();
    }

    private static DrillReport report(FaultRow row) {
        return new DrillReport(DrillReport.Kind.KILL, 1, 10, 1, List.of(row), "");
    }

    private static FaultRow row(
            Findings findings,
            long eventsLost,
            long eventsForeign,
            long eventsMiscounted,
            List<String> against) {
        return new FaultRow(
                Part.INDEX,
                1,
                500,
                0,
                8_000,
                10,
                1,
                findings,
                new EventLedger.Comparison(20, eventsLost, eventsForeign, 0, eventsMiscounted),
                Map.of(Answers.GOOD, 3),
                Map.of(),
                Map.of(),
                against);
    }
}
