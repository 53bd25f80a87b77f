package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.index.snapshot.CorruptSnapshotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotKeeperTest {

    private static final Map<String, Long> OFFSETS = Map.of("t-0", 5L);

    @TempDir Path folder;

    private ShardWorld world(String name) throws InterruptedException {
        ShardWorld world = new ShardWorld(31, folder.resolve(name));
        world.shard.put(ShardWorld.CATALOG);
        for (int i = 0; i < 40; i++) {
            ProductChanged product = world.change("p" + i);
            world.shard.put(product);
            world.shard.put(ShardWorld.key("p" + i), ShardWorld.embedding(product), () -> false);
        }
        return world;
    }

    @Test
    void restore_noSnapshot_beginsEmpty() throws IOException {
        ShardWorld world = new ShardWorld(1, folder.resolve("none"));
        assertThat(world.keeper.restore()).isEmpty();
        assertThat(world.shard.catalogs()).isEmpty();
    }

    @Test
    void restore_deathBeforeTheNextManifest_givesTheOneBefore() throws Exception {
        ShardWorld world = world("a");
        world.keeper.take(() -> OFFSETS);
        Map<String, ProductChanged> then = Map.copyOf(world.truth);

        // What a second snapshot does until its manifest is in place, and more changes.
        for (int i = 0; i < 20; i++) {
            world.shard.delete(ShardWorld.key("p" + i), world.delete("p" + i));
        }
        world.shard.publish();
        world.shard.find(ShardWorld.REF).orElseThrow().text().commit();
        world.store.begin(2);
        world.store.write(2, "catalog-0.bin", out -> out.count(1));
        Files.writeString(world.properties.directory().resolve("manifest.json.tmp"), "{");
        world.shard.put(world.change("late"));
        world.shard.publish();

        assertThat(world.restartIn(folder.resolve("b"))).isEqualTo(OFFSETS);
        world.truth.clear();
        world.truth.putAll(then);
        world.assertShows(then.keySet());

        // And it goes on from there, leftovers or not.
        world.shard.put(world.change("next"));
        world.keeper.take(() -> OFFSETS);
        world.shard.close();
        assertThat(world.restart()).isEqualTo(OFFSETS);
        world.assertShows(then.keySet());
        world.shard.close();
    }

    @Test
    void take_again_removesWhatOnlyTheOneBeforeNeeded() throws Exception {
        ShardWorld world = world("a");
        world.keeper.take(() -> OFFSETS);
        world.shard.put(world.change("p1"));
        world.keeper.take(() -> OFFSETS);

        try (Stream<Path> entries = Files.list(world.properties.directory())) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                    .contains("manifest.json", "snapshot-2")
                    .doesNotContain("snapshot-1", "manifest.json.tmp")
                    .hasSize(3);
        }
        world.shard.close();
    }

    @Test
    void commit_textIndexMadeMeanwhile_stays() throws Exception {
        ShardWorld world = world("a");
        Path made = world.properties.directory().resolve("text-900");
        world.keeper.take(() -> OFFSETS);

        Set<String> superfluous = world.store.folders();
        Files.createDirectories(made);
        world.store.commit(world.store.manifest().orElseThrow(), superfluous);
        assertThat(made).exists();
        world.shard.close();
    }

    /** Whatever byte is wrong: the snapshot is refused, or (a lock file) it makes no difference. */
    @Test
    void restore_anyDamagedFile_isRefusedAndEverythingReadAnew() throws Exception {
        ShardWorld world = world("a");
        world.keeper.take(() -> OFFSETS);
        world.shard.close();
        Path source = world.properties.directory();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.filter(Files::isRegularFile).map(source::relativize).toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        int refused = 0;
        int copies = 0;
        for (Path file : files) {
            if (file.endsWith("write.lock")) {
                continue;
            }
            for (boolean truncate : new boolean[] {true, false}) {
                world.properties = ShardWorld.properties(source, 100);
                Path copy = folder.resolve("copy-" + copies++);
                damaged(
                        world,
                        copy,
                        file,
                        bytes ->
                                truncate
                                        ? Arrays.copyOf(bytes, bytes.length / 2)
                                        : turned(bytes, bytes.length / 2, 0x10));
                Map<String, Long> offsets = world.restart();
                if (offsets.isEmpty()) {
                    refused++;
                    assertThat(world.shard.catalogs()).isEmpty();
                } else {
                    world.assertShows(world.truth.keySet());
                }
                world.shard.close();
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(copies - 2);
    }

    /** Also where no product file would be touched: in the header, in a page, in the directory. */
    @Test
    void restore_oneBitOfTheVectorsTurned_isRefusedAndEverythingReadAnew() throws Exception {
        ShardWorld world = world("a");
        world.keeper.take(() -> OFFSETS);
        world.shard.close();
        Path source = world.properties.directory();
        Path vectors = Path.of("snapshot-1", "catalog-0-0.vectors");
        int length = (int) Files.size(source.resolve(vectors));
        int copies = 0;
        for (int at : new int[] {0, 13, 64, length / 3, length / 2, length - 1}) {
            world.properties = ShardWorld.properties(source, 100);
            Path copy = folder.resolve("copy-" + copies++);
            damaged(world, copy, vectors, bytes -> turned(bytes, at, 1));
            assertThat(world.restart()).as("byte " + at).isEmpty();
            assertThat(world.shard.catalogs()).isEmpty();
            assertThat(copy.resolve("manifest.json")).doesNotExist();
        }
    }

    @Test
    void restore_earlierFormat_isRefusedAsSuch() throws Exception {
        Path source = folder.resolve("old");
        Files.createDirectories(source);
        String json =
                "{\"format\":1,\"sequence\":1,\"generation\":2,\"offsets\":{},\"catalogs\":[{}]}";
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                source.resolve("manifest.json"),
                json + "\n" + Long.toHexString(crc.getValue()) + "\n");
        ShardWorld world = new ShardWorld(1, source);
        assertThatExceptionOfType(CorruptSnapshotException.class)
                .isThrownBy(world.store::manifest)
                .withMessage("the snapshot has format 1, this version reads 2");
        assertThat(world.keeper.restore()).isEmpty();
        assertThat(source.resolve("manifest.json")).doesNotExist();
    }

    /** What a shard began with is searched in its file, which the next snapshot removes. */
    @Test
    void take_afterARestore_holdsOldVectorsAndNewOnes() throws Exception {
        ShardWorld world = world("a");
        world.keeper.take(() -> OFFSETS);
        world.shard.close();
        assertThat(world.restart()).isEqualTo(OFFSETS);
        for (int i = 30; i < 50; i++) {
            ProductChanged product = world.change("p" + i);
            world.shard.put(product);
            world.shard.put(ShardWorld.key("p" + i), ShardWorld.embedding(product), () -> false);
        }
        world.shard.delete(ShardWorld.key("p3"), world.delete("p3"));
        world.keeper.take(() -> OFFSETS);
        world.assertShows(world.truth.keySet());
        world.shard.close();

        assertThat(world.restart()).isEqualTo(OFFSETS);
        world.assertShows(world.truth.keySet());
        world.shard.close();
    }

    private static void damaged(
            ShardWorld world, Path copy, Path file, UnaryOperator<byte[]> damage)
            throws IOException {
        world.restartIn(copy);
        world.shard.close();
        Path victim = copy.resolve(file);
        byte[] bytes = Files.readAllBytes(victim);
        // Not in place: the shard that was just closed may still have it mapped.
        Files.delete(victim);
        Files.write(victim, damage.apply(bytes));
    }

    private static byte[] turned(byte[] bytes, int at, int bits) {
        bytes[at] ^= (byte) bits;
        return bytes;
    }
}
