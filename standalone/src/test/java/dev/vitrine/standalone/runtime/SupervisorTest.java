package dev.vitrine.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir private Path folder = Path.of("");

    /** Its JVM finds no broker on the class path, so it ends before it could be ready. */
    @Test
    @Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void start_kafkaThatEndsAtOnce_wasRecordedAndIsNotWaitedFor() throws Exception {
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        try (Supervisor supervisor = new Supervisor(settings(data), line -> {})) {
            assertThatThrownBy(supervisor::start)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("kafka ended with status 1. The end of ")
                    .hasMessageContaining("KafkaMain");
            // As a launcher leaves it that is killed before Kafka is ready.
            RunState left = new StateFile(data).read().orElseThrow();
            assertThat(left.part(Part.KAFKA))
                    .hasValueSatisfying(kafka -> assertThat(kafka.process()).isNotNull());
        }
    }

    private RunSettings settings(DataDirectory data) throws IOException {
        Path standalone = folder.resolve("home").resolve("standalone");
        Files.createDirectories(standalone.resolve("jvm"));
        Files.createFile(standalone.resolve("jvm").resolve("service.options"));
        Files.createDirectories(standalone.resolve("target"));
        Files.createFile(standalone.resolve("target").resolve("standalone.jar"));
        return new RunSettings(
                data,
                folder.resolve("home"),
                true,
                OptionalInt.empty(),
                Map.of("VITRINE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/none"));
    }
}
