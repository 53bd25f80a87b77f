package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors for which there is no memory outside the heap, in a shard that serves others. */
final class MemoryFullIT {

    private static final int SERVED = 200;
    private static final int TOO_MANY = 4_000;

    @Test
    void memoryIsFull_whatWasServedIsServedAsBefore_andChangesFollowWhenThereIsMemoryAgain(
            @TempDir Path folder) throws Exception {
        try (Cables served = new Cables("memory-full-served");
                Cables large = new Cables("memory-full-large")) {
            served.putWithVectors(0, SERVED);
            Path manifest = folder.resolve("index").resolve("manifest.json");
            List<String> nearest;
            try (ShardProcess shard =
                    ShardProcess.start(
                            folder,
                            List.of("-XX:MaxDirectMemorySize=18m"),
                            "--index.shard.snapshot-every=1s")) {
                WriterApp.await("all before", pause -> served.found(shard, "cable") == SERVED);
                WriterApp.await("a snapshot", pause -> Files.exists(manifest));
                nearest = served.nearest(shard);

                large.putWithVectors(0, TOO_MANY);
                WriterApp.await(
                        "changes find no memory",
                        pause ->
                                shard.body("/actuator/health")
                                        .contains("\"changes\":\"java.lang.OutOfMemoryError"));
                assertThat(served.nearest(shard)).isEqualTo(nearest);

                large.drop();
                WriterApp.await(
                        "there is memory again",
                        pause -> shard.body("/actuator/health").contains("\"changes\":\"good\""));
                served.putWithVectors(SERVED, 2 * SERVED);
                WriterApp.await("what came since", pause -> served.withVector(shard) == 2 * SERVED);
            }
        }
    }
}
