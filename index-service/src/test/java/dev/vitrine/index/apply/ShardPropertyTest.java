package dev.vitrine.index.apply;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.index.ProductSearchable;
import dev.vitrine.index.column.RandomShop;
import dev.vitrine.index.column.Words;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of products and vectors against what must show. */
class ShardPropertyTest {

    @TempDir Path folder;

    private static void send(ShardWorld world, ProductChanged product) {
        world.shard.put(product);
    }

    private static void send(ShardWorld world, String id, Embedding embedding)
            throws InterruptedException {
        world.shard.put(ShardWorld.key(id), embedding, () -> false);
    }

    /**
     * Products and vectors come in their own order each, but the two streams interleave anyhow;
     * some records come twice, and a restart repeats old ones.
     */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void histories_anyInterleaving_endInTheTruth(long seed) throws Exception {
        ShardWorld world = new ShardWorld(seed, folder);
        world.shard.put(ShardWorld.CATALOG);
        List<Runnable> productLog = new ArrayList<>();
        Map<String, Embedding> lastVector = new HashMap<>();
        List<Map.Entry<String, Embedding>> vectorLog = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String id = "p" + world.shop.random().nextInt(60);
            if (world.truth.containsKey(id) && world.shop.random().nextInt(5) == 0) {
                long version = world.delete(id);
                productLog.add(() -> world.shard.delete(ShardWorld.key(id), version));
                lastVector.remove(id);
            } else {
                ProductChanged product = world.change(id);
                productLog.add(() -> world.shard.put(product));
                Embedding embedding = ShardWorld.embedding(product);
                Embedding before = lastVector.put(id, embedding);
                // An encoder sends nothing when the text is the same.
                if (before == null || !before.hash().equals(embedding.hash())) {
                    vectorLog.add(Map.entry(id, embedding));
                } else {
                    lastVector.put(id, before);
                }
            }
        }
        int products = 0;
        int vectors = 0;
        while (products < productLog.size() || vectors < vectorLog.size()) {
            boolean vectorNext =
                    products == productLog.size()
                            || (vectors < vectorLog.size() && world.shop.random().nextBoolean());
            if (vectorNext) {
                Map.Entry<String, Embedding> next = vectorLog.get(vectors++);
                send(world, next.getKey(), next.getValue());
            } else {
                productLog.get(products++).run();
                if (products > 10 && world.shop.random().nextInt(10) == 0) {
                    // An older record once more.
                    productLog.get(world.shop.random().nextInt(products)).run();
                }
            }
            if (world.shop.random().nextInt(25) == 0) {
                world.shard.publish();
            }
        }
        world.assertShows(world.truth.keySet());
        assertThat(world.shard.heldCount()).isZero();

        Map<String, Long> offsets = Map.of("vitrine.catalog.products.v1-3", 17L);
        world.keeper.take(() -> offsets);
        long generation = world.shard.exclusively(Shard::generation);
        world.shard.close();

        assertThat(world.restart()).isEqualTo(offsets);
        world.assertShows(world.truth.keySet());
        assertThat(world.shard.exclusively(Shard::generation)).isGreaterThan(generation);
        productLog.subList(300, productLog.size()).forEach(Runnable::run);
        world.assertShows(world.truth.keySet());
        world.shard.close();
    }

    @Test
    void vector_whileTheTextIsAnother_isLeftOutAndComesBack() throws InterruptedException {
        ShardWorld world = new ShardWorld(1, folder);
        world.shard.put(ShardWorld.CATALOG);
        ProductChanged first = world.change("a");
        send(world, first);
        send(world, "a", ShardWorld.embedding(first));
        world.assertShows(Set.of("a"));

        ProductChanged second = world.change("a");
        while (second.semanticHash().equals(first.semanticHash())) {
            second = world.change("a");
        }
        send(world, second);
        world.assertShows(Set.of());
        assertThat(pending(world)).isEqualTo(1);

        send(world, "a", ShardWorld.embedding(second));
        world.assertShows(Set.of("a"));
        assertThat(pending(world)).isZero();
        world.shard.close();
    }

    private static int pending(ShardWorld world) {
        return requireNonNull(world.shard.find(ShardWorld.REF).orElseThrow().published()).pending();
    }

    @Test
    void publish_changes_saysWhatBecameSearchable() {
        ShardWorld world = new ShardWorld(2, folder);
        world.shard.put(ShardWorld.CATALOG);
        send(world, world.change("a"));
        send(world, world.change("a"));
        send(world, world.change("b"));
        world.shard.delete(ShardWorld.key("b"), world.delete("b"));

        world.shard.publish();

        assertThat(world.shard.unannounced())
                .extracting(
                        ProductSearchable::id,
                        ProductSearchable::version,
                        ProductSearchable::deleted)
                .containsExactly(Assertions.tuple("a", 2L, false), Assertions.tuple("b", 2L, true));
        world.shard.publish();
        assertThat(world.shard.unannounced()).isEmpty();
        world.shard.close();
    }

    @Test
    void publishDue_whatASnapshotPublished_isSaid() throws Exception {
        ShardWorld world = new ShardWorld(2, folder);
        world.shard.put(ShardWorld.CATALOG);
        send(world, world.change("a"));
        world.keeper.take(Map::of);

        assertThat(world.shard.publishDue()).extracting(ProductSearchable::id).containsExactly("a");
        assertThat(world.shard.unannounced()).isEmpty();
        world.shard.close();
    }

    @Test
    void awaitSearchable_changeAndDeletion_answersOnceTheyShow() throws Exception {
        ShardWorld world = new ShardWorld(3, folder);
        world.shard.put(ShardWorld.CATALOG);
        send(world, world.change("a"));
        assertThat(await(world, "a", 1, 1)).isFalse();

        Thread publisher =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                world.shard.publishDue();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        assertThat(await(world, "a", 1, 5_000)).isTrue();
        publisher.join();
        assertThat(await(world, "a", 2, 1)).isFalse();

        world.shard.delete(ShardWorld.key("a"), world.delete("a"));
        assertThat(await(world, "a", 2, 1)).isFalse();
        world.shard.publish();
        assertThat(await(world, "a", 2, 1)).isTrue();
        world.shard.close();
    }

    private static boolean await(ShardWorld world, String id, long version, int millis)
            throws InterruptedException {
        return world.shard.awaitSearchable(
                ShardWorld.key(id),
                version,
                Deadline.in(Duration.ofMillis(millis), Clock.systemUTC()));
    }

    @Test
    void heldVectors_full_waitForProductsOrDropTheOldest() throws Exception {
        ShardWorld world = new ShardWorld(4, ShardWorld.properties(folder, 2));
        world.shard.put(ShardWorld.CATALOG);
        ProductChanged a = world.change("a");
        ProductChanged b = world.change("b");
        ProductChanged c = world.change("c");
        send(world, "a", ShardWorld.embedding(a));
        send(world, "b", ShardWorld.embedding(b));
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                send(world, "c", ShardWorld.embedding(c));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        assertThat(waiting.join(Duration.ofMillis(200))).isFalse();
        send(world, b);
        assertThat(waiting.join(Duration.ofSeconds(5))).isTrue();
        assertThat(world.shard.heldCount()).isEqualTo(2);

        ProductChanged d = world.change("d");
        world.shard.put(ShardWorld.key("d"), ShardWorld.embedding(d), () -> true);
        assertThat(world.shard.heldCount()).isEqualTo(2);
        send(world, a);
        send(world, c);
        send(world, d);
        world.assertShows(Set.of("b", "c", "d"));
        world.shard.close();
    }

    @Test
    void schemaChange_rebuildsAndKeepsRunningSearchesOnTheOldGeneration() throws Exception {
        ShardWorld world = new ShardWorld(5, folder);
        world.shard.put(ShardWorld.CATALOG);
        for (int i = 0; i < 100; i++) {
            ProductChanged product = world.change("p" + i);
            send(world, product);
            send(world, "p" + i, ShardWorld.embedding(product));
        }
        world.shard.publish();
        world.keeper.take(Map::of);
        CatalogSchema titleOnly =
                new CatalogSchema(RandomShop.SCHEMA.fields().subList(0, 3), "{title}");

        world.shard.read(
                ShardWorld.REF,
                old -> {
                    world.shard.put(ShardWorld.catalog(2, titleOnly));
                    world.shard.publish();
                    assertThat(old.schemaVersion()).isEqualTo(1);
                    assertThat(old.text().size()).isEqualTo(100);
                    assertThat(old.columns().schema()).isEqualTo(RandomShop.SCHEMA);
                    return old;
                });
        world.assertShows(world.truth.keySet());
        world.shard.read(
                ShardWorld.REF,
                now -> {
                    assertThat(now.columns().schema()).isEqualTo(titleOnly);
                    assertThat(now.schemaVersion()).isEqualTo(2);
                    return now;
                });

        // Died before the next snapshot: the old one still opens, under the old schema.
        world.shard.close();
        world.restart();
        world.assertShows(world.truth.keySet());
        world.shard.put(ShardWorld.catalog(2, titleOnly));
        world.keeper.take(Map::of);
        world.shard.close();
        world.restart();
        world.assertShows(world.truth.keySet());
        world.shard.close();
    }

    @Test
    void deletedCatalog_isGoneAndCanBeMadeAnew() throws IOException {
        ShardWorld world = new ShardWorld(6, folder);
        world.shard.put(ShardWorld.CATALOG);
        send(world, world.change("a"));
        world.shard.publish();
        world.shard.put(new CatalogChanged("default", "shop", 2, true, RandomShop.SCHEMA));

        Assertions.assertThatThrownBy(() -> world.shard.read(ShardWorld.REF, g -> g))
                .isInstanceOf(ProblemException.class);
        world.keeper.take(Map::of);
        world.restart();
        assertThat(world.shard.catalogs()).isEmpty();

        world.shard.put(ShardWorld.catalog(3, RandomShop.SCHEMA));
        world.truth.clear();
        world.assertShows(Set.of());
        world.shard.close();
    }

    @Test
    void ordinals_areReusedOnlyAfterTheLastGenerationThatSawThem() {
        Ordinals ordinals = new Ordinals(3);
        assertThat(ordinals.allocate(Long.MAX_VALUE)).isZero();
        assertThat(ordinals.allocate(1)).isEqualTo(1);
        ordinals.free(0, 7);
        assertThat(ordinals.allocate(7)).isEqualTo(2);
        assertThat(ordinals.allocate(8)).isZero();
        Assertions.assertThatThrownBy(() -> ordinals.allocate(8))
                .hasMessageContaining("at most 3 products");
    }

    /** Readers hold generations while products come and go: none sees a stranger's ordinal. */
    @Test
    void concurrentReaders_alwaysSeeOneConsistentGeneration() throws Exception {
        ShardWorld world = new ShardWorld(7, folder);
        world.shard.put(ShardWorld.CATALOG);
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        List<Thread> readers = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            readers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    readUntilDone(world);
                                } catch (RuntimeException | AssertionError e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 8; i++) {
                String id = "p" + world.shop.random().nextInt(40);
                if (world.truth.containsKey(id) && world.shop.random().nextBoolean()) {
                    world.shard.delete(ShardWorld.key(id), world.delete(id));
                } else {
                    send(world, world.change(id));
                }
            }
            world.shard.publish();
        }
        world.shard.delete(ShardWorld.key("done"), 1);
        send(world, world.change("stop"));
        world.shard.publish();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
        world.assertShows(Set.of());
        world.shard.close();
    }

    private static void readUntilDone(ShardWorld world) {
        boolean done = false;
        while (!done) {
            done =
                    world.shard.read(
                            ShardWorld.REF,
                            generation -> {
                                Set<String> ids = new HashSet<>();
                                Words.forEach(
                                        generation.columns().all(),
                                        ordinal -> {
                                            String id =
                                                    requireNonNull(
                                                                    generation
                                                                            .columns()
                                                                            .product(ordinal))
                                                            .id();
                                            ids.add(id);
                                            assertThat(generation.text().ordinal(id))
                                                    .isEqualTo(ordinal);
                                        });
                                assertThat(ids).hasSize(generation.text().size());
                                return generation.text().ordinal("stop") >= 0;
                            });
        }
    }

    /**
     * The topics are read at their own speeds: the vector of a product that came back may come
     * before the deletion that it came back from.
     */
    @Test
    void vectorAheadOfADeletion_isThereWhenTheProductIsBack() throws Exception {
        ShardWorld world = new ShardWorld(5, folder.resolve("ahead"));
        world.shard.put(ShardWorld.CATALOG);
        ProductChanged first = world.change("p");
        world.shard.put(first);
        world.shard.put(ShardWorld.key("p"), ShardWorld.embedding(first), () -> true);
        long deletion = world.delete("p");
        ProductChanged back =
                new ProductChanged(
                        first.tenant(),
                        first.catalog(),
                        first.id(),
                        deletion + 1,
                        first.schemaVersion(),
                        first.document(),
                        first.semanticText(),
                        first.semanticHash(),
                        first.textHash());
        world.truth.put("p", back);

        world.shard.removeVector(ShardWorld.key("p"), deletion);
        world.shard.put(ShardWorld.key("p"), ShardWorld.embedding(back), () -> true);
        world.shard.delete(ShardWorld.key("p"), deletion);
        world.shard.put(back);

        world.assertShows(Set.of("p"));
        assertThat(world.shard.heldCount()).isZero();
        world.shard.close();
    }
}
