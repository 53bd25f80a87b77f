package dev.vitrine.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.embedding.ProductEmbedded;
import dev.vitrine.index.store.EmbeddingStore.Deletion;
import dev.vitrine.index.store.EmbeddingStore.Neighbour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EmbeddingStore} must do. */
abstract class EmbeddingStoreContractSuite {

    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final CatalogRef OTHER = new CatalogRef("default", "other");
    private static final long SEED = 20_261_121L;

    private EmbeddingStore store;

    /** A store that holds nothing. */
    abstract EmbeddingStore empty();

    @BeforeEach
    final void open() {
        store = empty();
    }

    @Test
    void find_afterUpsert_givesTheSameBits() {
        float[] vector = {0.1f, -1e-30f, Float.MIN_VALUE, 1f / 3};
        store.upsertAll(List.of(embedded(SHOP, "a/b 'ü", 3, "m", vector)));
        ProductEmbedded found = store.find(new ProductKey(SHOP, "a/b 'ü")).orElseThrow();
        assertThat(found.vector()).containsExactly(vector);
        assertThat(found.productVersion()).isEqualTo(3);
        assertThat(found.model()).isEqualTo("m");
        assertThat(found.textHash()).isEqualTo("hash3");
        assertThat(store.find(new ProductKey(OTHER, "a/b 'ü"))).isEmpty();
    }

    @Test
    void upsert_earlierVersion_isIgnored_equalOneReplaces() {
        store.upsertAll(List.of(embedded(SHOP, "1", 5, "m", new float[] {1, 0})));
        store.upsertAll(List.of(embedded(SHOP, "1", 4, "m", new float[] {0, 1})));
        assertThat(vector("1")).containsExactly(1, 0);
        store.upsertAll(List.of(embedded(SHOP, "1", 5, "other-model", new float[] {0, 1, 0})));
        assertThat(vector("1")).containsExactly(0, 1, 0);
        store.upsertAll(List.of(embedded(SHOP, "1", 6, "m", new float[] {1, 1})));
        assertThat(vector("1")).containsExactly(1, 1);
        assertThat(store.count(SHOP)).isEqualTo(1);
    }

    @Test
    void delete_laterVectorStays() {
        store.upsertAll(
                List.of(
                        embedded(SHOP, "gone", 1, "m", new float[] {1}),
                        embedded(SHOP, "back", 3, "m", new float[] {1})));
        store.deleteAll(
                List.of(
                        new Deletion(new ProductKey(SHOP, "gone"), 2),
                        new Deletion(new ProductKey(SHOP, "back"), 2),
                        new Deletion(new ProductKey(SHOP, "never"), 1)));
        assertThat(store.find(new ProductKey(SHOP, "gone"))).isEmpty();
        assertThat(store.find(new ProductKey(SHOP, "back"))).isPresent();
        assertThat(store.count(SHOP)).isEqualTo(1);
    }

    @Test
    void nothing_isNothing() {
        store.upsertAll(List.of());
        store.deleteAll(List.of());
        assertThat(store.count(SHOP)).isZero();
        assertThat(store.nearest(SHOP, "m", new float[] {1, 0}, 3)).isEmpty();
        assertThat(store.description()).isNotBlank();
    }

    @Test
    void nearest_equalsSortingAllDotProducts() {
        Random random = new Random(SEED);
        List<ProductEmbedded> all = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            all.add(embedded(SHOP, "p" + i, 1, "m", unit(random, 24)));
        }
        store.upsertAll(all);
        // Neither of these may turn up: another catalogue, another model with another length.
        store.upsertAll(List.of(embedded(OTHER, "p0", 1, "m", unit(random, 24))));
        store.upsertAll(List.of(embedded(SHOP, "short", 1, "small", unit(random, 8))));
        for (int k : new int[] {1, 10, 1000}) {
            float[] query = unit(random, 24);
            List<Neighbour> expected =
                    all.stream()
                            .map(e -> new Neighbour(e.key().id(), dot(query, e.vector())))
                            .sorted(Comparator.comparingDouble(Neighbour::score).reversed())
                            .limit(k)
                            .toList();
            List<Neighbour> found = store.nearest(SHOP, "m", query, k);
            assertThat(found).as("seed %d, k %d", SEED, k).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                // Scores, not ids: neighbours closer than float32 can tell may change places.
                assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
            }
        }
    }

    @Test
    void nearest_equalScores_areInTheOrderOfIds() {
        store.upsertAll(
                List.of(
                        embedded(SHOP, "b", 1, "m", new float[] {1, 0}),
                        embedded(SHOP, "a", 1, "m", new float[] {1, 0}),
                        embedded(SHOP, "c", 1, "m", new float[] {0, 1})));
        assertThat(store.nearest(SHOP, "m", new float[] {1, 0}, 2))
                .extracting(Neighbour::id)
                .containsExactly("a", "b");
    }

    private float[] vector(String id) {
        return store.find(new ProductKey(SHOP, id)).orElseThrow().vector();
    }

    private static ProductEmbedded embedded(
            CatalogRef catalog, String id, long version, String model, float[] vector) {
        return new ProductEmbedded(
                new ProductKey(catalog, id), version, model, "hash" + version, vector);
    }

    private static float[] unit(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        double norm = 0;
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
            norm += vector[i] * vector[i];
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= (float) Math.sqrt(norm);
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
