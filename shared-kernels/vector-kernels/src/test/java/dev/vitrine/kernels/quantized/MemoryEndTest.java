package dev.vitrine.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory outside the heap that runs out leaves an engine as it was, in all that it does. */
final class MemoryEndTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put",
                "publish",
                "tend",
                "file",
                "clustered put",
                "clustered publish",
                "clustered tend",
                "clustered file"
            })
    void memoryEnds_theEngineAnswersAsBefore(String scenario, @TempDir Path folder)
            throws Exception {
        assertThat(MemoryEndProcess.run(scenario, folder)).isZero();
    }
}
