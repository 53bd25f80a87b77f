package dev.vitrine.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmTest {

    @Test
    void archiveOfAJvmThatWasKilledMeanwhile_goes_aWholeOneStays(@TempDir Path home)
            throws Exception {
        Path target = Files.createDirectories(home.resolve("standalone").resolve("target"));
        Path torn = Files.write(target.resolve("torn.jsa"), new byte[8_192]);
        Path empty = Files.createFile(target.resolve("empty.jsa"));
        Path whole = Files.write(target.resolve("whole.jsa"), new byte[] {-88, -85, 11, -16, 1});

        for (Path archive : new Path[] {torn, empty, whole}) {
            String name = archive.getFileName().toString().replace(".jsa", "");
            assertThat(ChildJvm.sharedArchive(home, name))
                    .contains("-XX:SharedArchiveFile=" + archive);
        }

        assertThat(target).isDirectoryNotContaining("glob:**{torn,empty}.jsa");
        assertThat(whole).exists();
    }
}
