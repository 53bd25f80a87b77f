package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes nothing any more, as a limit on the size of files ({@code RLIMIT_FSIZE}) makes
 * one without root: writing beyond it fails with an error of the system, in the middle of a file.
 */
class DiskFullIT {

    private static final int BEFORE = 50;
    private static final int AFTER = 400;

    @Test
    void fullDisk_searchesGoOnAndNothingIsLostWhenThereIsSpaceAgain(@TempDir Path folder)
            throws Exception {
        try (Cables cables = new Cables("disk-full")) {
            cables.put(0, BEFORE, 1);
            Path manifest = folder.resolve("index").resolve("manifest.json");
            String before;
            try (ShardProcess shard =
                    ShardProcess.start(
                            folder,
                            "--index.shard.snapshot-every=1s",
                            "--index.shard.text-buffer-megabytes=1")) {
                WriterApp.await("all before", pause -> cables.found(shard, "cable") == BEFORE);
                WriterApp.await("a snapshot", pause -> Files.exists(manifest));
                before = Files.readString(manifest);

                shard.limitFiles("2048");
                cables.put(BEFORE, AFTER, 1);
                cables.put(0, 10, 2);
                WriterApp.await("the failure is counted", pause -> shard.snapshotFailures() > 0);
                assertThat(shard.body("/actuator/health")).contains("\"snapshot\":\"java.io.");
                assertThat(cables.found(shard, "cable")).isGreaterThanOrEqualTo(BEFORE);
                assertThat(Files.readString(manifest)).isEqualTo(before);

                shard.limitFiles("unlimited");
                WriterApp.await("all is found", pause -> cables.found(shard, "cable") == AFTER);
                WriterApp.await(
                        "texts of version 2", pause -> cables.found(shard, "renewed") == 10);
                WriterApp.await("the next snapshot", pause -> !read(manifest).equals(before));
                WriterApp.await(
                        "health is good again",
                        pause -> shard.body("/actuator/health").contains("\"snapshot\":\"good\""));
            }
            // What was written after the failure can be read.
            try (ShardProcess again = ShardProcess.start(folder)) {
                assertThat(cables.found(again, "cable")).isEqualTo(AFTER);
                assertThat(cables.found(again, "renewed")).isEqualTo(10);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
