package dev.vitrine.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.standalone.RunningVitrine;
import dev.vitrine.standalone.runtime.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -TERM of every service, one after the other, while a shop is at work. What a service has
 * begun it ends, callers are not cut off, and nothing acknowledged is lost.
 */
final class GracefulStopIT {

    private static final List<Part> SERVICES =
            List.of(Part.RETRIEVAL, Part.INDEX, Part.EMBEDDING, Part.RECOMMENDER, Part.GATEWAY);

    @Test
    void toldToEnd_everyServiceFinishesWhatItBegan_andCutsNobodyOff(@TempDir Path folder)
            throws Exception {
        List<String> said = new ArrayList<>();
        DrillReport report;
        try (RunningVitrine vitrine = RunningVitrine.inProcesses(folder)) {
            Drill drill =
                    new Drill(
                            vitrine.supervisor(),
                            vitrine.gateway(),
                            new Drill.Plan(400, 20, 20_261_126),
                            said::add,
                            sofar -> {});
            report =
                    drill.run(
                            DrillReport.Kind.KILL,
                            SERVICES,
                            1,
                            (part, process) -> terminate(vitrine, folder, part, process));
        }
        assertThat(report.passed()).as("%s%n%s", said, report.misses()).isTrue();
        assertThat(report.rows()).hasSize(SERVICES.size());
        for (FaultRow row : report.rows()) {
            assertThat(List.of(row.searches(), row.writes(), row.eventAnswers()))
                    .as(row.part().label())
                    .allSatisfy(answers ->
                            assertThat(answers).doesNotContainKeys(Answers.CUT_OFF, "broken off"));
        }
    }

    private static void terminate(
            RunningVitrine vitrine, Path folder, Part part, ProcessHandle process) {
        int port = vitrine.port(part);
        Instant told = Instant.now();
        try (OpenRequest open = begin(part, port)) {
            process.destroy();
            OpenRequest.awaitRefused(port);
            assertThat(process.isAlive()).as("%s waits for its request", part.label()).isTrue();
            assertThat(open.finish()).as(() -> logOf(part, folder)).startsWith("HTTP/1.1 20");
            // The first orderly end after a build writes an archive of classes.
            process.onExit().get(60, TimeUnit.SECONDS);
            if (part == Part.INDEX) {
                assertThat(Files.getLastModifiedTime(folder.resolve("index/manifest.json")))
                        .as("the last snapshot")
                        .isGreaterThan(FileTime.from(told));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(part.label() + " did not end", failed);
        }
    }

    private static String logOf(Part part, Path folder) {
        try {
            return Files.readString(folder.resolve("logs").resolve(part.label() + ".log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A request that each service answers by itself. */
    private static OpenRequest begin(Part part, int port) {
        String catalog = "/v1/catalogs/" + Drill.CATALOG;
        return switch (part) {
            case GATEWAY, RETRIEVAL ->
                    OpenRequest.begin(port, "POST", catalog + "/search", "{\"q\":\"lamp\"}");
            case INDEX -> OpenRequest.begin(port, "PUT", "/v1/catalogs/under-way", Content.SCHEMA);
            case EMBEDDING ->
                    OpenRequest.begin(
                            port,
                            "POST",
                            "/internal/v1/embeddings",
                            "{\"texts\":[\"lamp\"],\"purpose\":\"query\"}");
            case RECOMMENDER ->
                    OpenRequest.begin(
                            port, "POST", catalog + "/recommendations/trending", "{\"limit\":3}");
            case POSTGRESQL, KAFKA -> throw new IllegalArgumentException(part.label());
        };
    }
}
