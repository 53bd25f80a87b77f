package dev.vitrine.index.apply;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.index.column.Documents;
import dev.vitrine.index.column.RandomShop;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.column.Words;
import dev.vitrine.index.execute.Generation;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.text.QueryTerms;
import dev.vitrine.index.vector.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A shard in a folder, the records that a writer and an encoder would send, and what must show. */
final class ShardWorld {

    static final CatalogRef REF = new CatalogRef("default", "shop");
    static final CatalogChanged CATALOG = catalog(1, RandomShop.SCHEMA);
    static final int DIMENSIONS = 4;

    /** What is true of every product, by id. */
    final Map<String, ProductChanged> truth = new TreeMap<>();

    final Map<String, Long> versions = new HashMap<>();
    final RandomShop shop;
    ShardProperties properties;
    SnapshotStore store;
    Shard shard;
    SnapshotKeeper keeper;

    ShardWorld(long seed, Path folder) {
        this(seed, properties(folder, 1_000));
    }

    ShardWorld(long seed, ShardProperties properties) {
        this.shop = new RandomShop(seed);
        this.properties = properties;
        this.store = new SnapshotStore(properties.directory());
        this.shard = new Shard(properties, store, System::nanoTime);
        this.keeper = new SnapshotKeeper(shard, store, properties);
    }

    static ShardProperties properties(Path folder, int heldMax) {
        return new ShardProperties(
                folder,
                "0-63",
                Duration.ofMillis(200),
                Duration.ofMillis(10),
                Duration.ofSeconds(60),
                50_000,
                heldMax,
                10_000,
                100_000,
                0.98,
                10_000,
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                8,
                1.2f,
                0.75f);
    }

    static CatalogChanged catalog(long schemaVersion, CatalogSchema schema) {
        return new CatalogChanged(REF.tenant(), REF.catalog(), schemaVersion, false, schema);
    }

    static ProductKey key(String id) {
        return new ProductKey(REF, id);
    }

    /** A new state of a product, remembered as true. */
    ProductChanged change(String id) {
        long version = versions.merge(id, 1L, Long::sum);
        Map<String, Object> document = shop.document();
        ProductChanged before = truth.get(id);
        if (before != null && shop.random().nextInt(3) == 0) {
            document = new LinkedHashMap<>(before.document());
            document.put("price", (double) shop.random().nextInt(50));
        }
        String text = String.valueOf(document.get("title"));
        ProductChanged product =
                new ProductChanged(
                        REF.tenant(),
                        REF.catalog(),
                        id,
                        version,
                        1,
                        document,
                        text,
                        hash(text),
                        hash(
                                text
                                        + document.get("text")
                                        + document.get("brand")
                                        + document.get("sku")
                                        + document.get("category")));
        truth.put(id, product);
        return product;
    }

    /** The deletion of a product, remembered as true; its version. */
    long delete(String id) {
        truth.remove(id);
        return versions.merge(id, 1L, Long::sum);
    }

    static String hash(String text) {
        return Integer.toHexString(text.hashCode());
    }

    /** The vector that an encoder makes of a product's text. */
    static Embedding embedding(ProductChanged product) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = 1 + (product.semanticText().hashCode() >>> (8 * i) & 0xff);
        }
        return new Embedding("m", product.semanticHash(), product.version(), vector);
    }

    /** A process that died now, and one that starts with what it left, in another folder. */
    Map<String, Long> restartIn(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(properties.directory())) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(properties.directory().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        properties = properties(copy, properties.heldMax());
        store = new SnapshotStore(copy);
        return restart();
    }

    /** A process that ended, and one that starts in its folder. */
    Map<String, Long> restart() throws IOException {
        shard = new Shard(properties, store, System::nanoTime);
        keeper = new SnapshotKeeper(shard, store, properties);
        return keeper.restore();
    }

    /** Every leg shows exactly what is true, and vectors of those that have one. */
    void assertShows(Set<String> withVector) {
        shard.publish();
        shard.read(
                REF,
                generation -> {
                    assertColumns(generation);
                    assertText(generation);
                    assertVectors(generation, withVector);
                    return generation;
                });
    }

    private void assertColumns(Generation generation) {
        Set<String> ids = new HashSet<>();
        Words.forEach(
                generation.columns().all(),
                ordinal -> {
                    StoredProduct product = requireNonNull(generation.columns().product(ordinal));
                    ids.add(product.id());
                    ProductChanged wanted = requireNonNull(truth.get(product.id()));
                    assertThat(product.version()).isEqualTo(wanted.version());
                    assertThat(Documents.read(product.document())).isEqualTo(wanted.document());
                    assertThat(generation.text().ordinal(product.id())).isEqualTo(ordinal);
                });
        assertThat(ids).isEqualTo(truth.keySet());
    }

    private void assertText(Generation generation) {
        assertThat(generation.text().size()).isEqualTo(truth.size());
        for (String word : Set.of("laptop", "gaming", "acme")) {
            Set<String> found = new TreeSet<>();
            int[] ordinals =
                    generation.text().search(QueryTerms.of(word), 1, () -> false).ordinals();
            for (int ordinal : ordinals) {
                StoredProduct product = requireNonNull(generation.columns().product(ordinal));
                found.add(product.id());
            }
            Set<String> wanted = new TreeSet<>();
            truth.forEach((id, product) -> {
                String text =
                        product.document().get("title")
                                + " "
                                + product.document().get("text")
                                + " "
                                + product.document().get("brand");
                if (text.toLowerCase(Locale.ROOT).contains(word)) {
                    wanted.add(id);
                }
            });
            assertThat(found).as(word).isEqualTo(wanted);
        }
    }

    private void assertVectors(Generation generation, Set<String> withVector) {
        assertThat(generation.vectors().size()).isEqualTo(withVector.size());
        for (String id : withVector) {
            int ordinal = generation.text().ordinal(id);
            ProductChanged product = requireNonNull(truth.get(id));
            float[] row = new float[DIMENSIONS];
            assertThat(generation.vectors().searchWith(ordinal).orElseThrow())
                    .satisfies(rows -> assertThat(rows.copyRow(ordinal, row)).isTrue());
            assertThat(row).isEqualTo(embedding(product).vector());
        }
    }
}
