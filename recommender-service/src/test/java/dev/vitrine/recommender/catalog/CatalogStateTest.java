package dev.vitrine.recommender.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogStateTest {

    private final CatalogRecords records = new CatalogRecords(1000);

    @Test
    void apply_productAndVectorInAnyOrder_areComparable() {
        CatalogView view =
                records.vector("a", "m", "lamp", 1, 0)
                        .product("a", 1, Map.of("title", "Lamp"), "lamp")
                        .product("b", 1, Map.of(), "chair")
                        .vector("b", "m", "chair", 0, 1)
                        .view();

        CatalogProduct a = view.find("a").orElseThrow();
        assertThat(view.comparable(a)).isTrue();
        assertThat(a.document()).containsEntry("title", "Lamp");
        assertThat(nearest(view, "a")).containsExactly("a", "b");
    }

    @Test
    void apply_vectorOfAnOlderText_isNotCompared() {
        CatalogView view =
                records.product("a", 1, Map.of(), "lamp")
                        .vector("a", "m", "lamp", 1, 0)
                        .product("b", 1, Map.of(), "chair")
                        .vector("b", "m", "chair", 0, 1)
                        .product("b", 2, Map.of(), "desk")
                        .view();

        assertThat(view.comparable(view.find("b").orElseThrow())).isFalse();
        assertThat(nearest(view, "a")).containsExactly("a");
    }

    @Test
    void apply_vectorWithoutProduct_isInvisible() {
        CatalogView view = records.vector("a", "m", "lamp", 1, 0).view();

        assertThat(view.find("a")).isEmpty();
    }

    @Test
    void apply_tombstones_removeAndFree() {
        CatalogView before =
                records.product("a", 1, Map.of(), "lamp").vector("a", "m", "lamp", 1, 0).view();
        CatalogProduct a = before.find("a").orElseThrow();
        CatalogView after =
                records.productGone("a", 2)
                        .vectorGone("a")
                        .product("b", 1, Map.of(), "chair")
                        .vector("b", "m", "chair", 0, 1)
                        .view();

        // b has taken a's ordinal, which the earlier view must not notice.
        assertThat(before.nearest(a, 10).neighbours())
                .containsExactly(new CatalogView.Neighbour(a, 1));
        assertThat(before.find("b")).isEmpty();
        assertThat(after.find("a")).isEmpty();
        assertThat(nearest(after, "b")).containsExactly("b");
    }

    @Test
    void apply_vectorAheadOfADeletion_waitsForTheProductThatComesAgain() {
        records.product("a", 1, Map.of(), "lamp").vector("a", 1, "m", "lamp", 1, 0);

        CatalogView deleted = records.vector("a", 3, "m", "lamp", 1, 0).productGone("a", 2).view();
        assertThat(deleted.find("a")).isEmpty();
        assertThat(deleted.products()).isEmpty();

        CatalogView again = records.product("a", 3, Map.of(), "lamp").view();
        assertThat(again.comparable(again.find("a").orElseThrow())).isTrue();
        assertThat(nearest(again, "a")).containsExactly("a");
    }

    @Test
    void apply_vectorOfTheDeletedProduct_isDroppedWithIt() {
        CatalogView again =
                records.product("a", 1, Map.of(), "lamp")
                        .vector("a", 1, "m", "lamp", 1, 0)
                        .productGone("a", 2)
                        .product("a", 3, Map.of(), "lamp")
                        .view();

        assertThat(again.comparable(again.find("a").orElseThrow())).isFalse();
    }

    @Test
    void apply_olderDeletion_isIgnored() {
        CatalogView view = records.product("a", 3, Map.of(), "lamp").productGone("a", 2).view();

        assertThat(view.find("a")).isPresent();
    }

    @Test
    void apply_modelsMixed_comparesWithinOneModel() {
        CatalogView view =
                records.product("a", 1, Map.of(), "lamp")
                        .vector("a", "old", "lamp", 1, 0)
                        .product("b", 1, Map.of(), "chair")
                        .vector("b", "new", "chair", 0, 1, 0)
                        .product("c", 1, Map.of(), "sofa")
                        .vector("c", "old", "sofa", 0, 1)
                        .vector("c", "new", "sofa", 0, 0, 1)
                        .view();

        assertThat(nearest(view, "a")).containsExactly("a");
        assertThat(nearest(view, "b")).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void tend_manyProducts_findsNearlyAllOfTheSameNeighbours() {
        CatalogRecords many = new CatalogRecords(6_000).many(6_000, 32);
        CatalogView scanned = many.view();

        assertThat(many.tend()).isTrue();

        CatalogView planned = many.view();
        int found = 0;
        int wanted = 0;
        for (int i = 0; i < 6_000; i += 97) {
            CatalogProduct product = planned.find("p" + i).orElseThrow();
            List<CatalogView.Neighbour> truth = scanned.nearest(product, 64).neighbours();
            wanted += truth.size();
            found +=
                    (int)
                            planned.nearest(product, 64).neighbours().stream()
                                    .filter(truth::contains)
                                    .count();
        }
        assertThat((double) found / wanted).isGreaterThan(0.95);
    }

    @Test
    void apply_olderVersion_isIgnored() {
        CatalogView view =
                records.product("a", 2, Map.of("v", 2), "lamp")
                        .product("a", 1, Map.of("v", 1), "lamp")
                        .view();

        assertThat(view.find("a").orElseThrow().document()).containsEntry("v", 2);
    }

    @Test
    void apply_unusableRecords_areCountedAndPassed() {
        CatalogView view =
                records.broken(Topics.PRODUCTS, "x")
                        .broken(Topics.EMBEDDINGS, "x")
                        .product("a", 1, Map.of(), "lamp")
                        .vector("a", "m", "lamp", 1, 0)
                        .product("b", 1, Map.of(), "chair")
                        .vector("b", "m", "chair", 1, 0, 0)
                        .vector("b", "m", "chair", Float.NaN, 0)
                        .view();

        assertThat(records.unusable()).isEqualTo(4);
        assertThat(nearest(view, "a")).containsExactly("a");
    }

    @Test
    void apply_moreProductsThanAllowed_leavesTheRestOut() {
        CatalogRecords few = new CatalogRecords(2);
        CatalogView view =
                few.product("a", 1, Map.of(), "a")
                        .product("b", 1, Map.of(), "b")
                        .product("c", 1, Map.of(), "c")
                        .view();

        assertThat(few.unusable()).isEqualTo(1);
        assertThat(view.find("b")).isPresent();
        assertThat(view.find("c")).isEmpty();
    }

    @Test
    void apply_lastProductGone_catalogIsGoneUntilOneComes() {
        records.product("a", 1, Map.of(), "lamp").product("b", 1, Map.of(), "sofa");
        assertThat(records.productGone("a", 2).apply().view(CatalogRecords.SHOP)).isPresent();
        assertThat(records.productGone("b", 2).apply().view(CatalogRecords.SHOP)).isEmpty();
        assertThat(records.product("a", 3, Map.of(), "lamp").view().products()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void apply_randomChanges_agreesWithAMap(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> versions = new HashMap<>();
        Map<String, String> vectors = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (int round = 0; round < 300; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                String id = "p" + random.nextInt(1500);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        records.productGone(id, round);
                        versions.remove(id);
                        vectors.remove(id);
                    }
                    case 1 -> {
                        records.vectorGone(id);
                        vectors.remove(id);
                    }
                    case 2 -> {
                        String text = "t" + random.nextInt(2);
                        if (versions.containsKey(id)) {
                            records.vector(id, round, "m", text, 1, 0);
                            vectors.put(id, text);
                        }
                    }
                    default -> {
                        String text = "t" + random.nextInt(2);
                        records.product(id, round, Map.of("v", round), text);
                        versions.put(id, round);
                        texts.put(id, text);
                    }
                }
            }
            CatalogState state = records.apply();
            if (state.view(CatalogRecords.SHOP).isEmpty()) {
                continue;
            }
            CatalogView view = state.view(CatalogRecords.SHOP).orElseThrow();
            for (int p = 0; p < 1500; p++) {
                String id = "p" + p;
                assertThat(view.find(id).map(found -> found.document().get("v")).orElse(null))
                        .as("seed %d, round %d, %s", seed, round, id)
                        .isEqualTo(versions.get(id));
                if (versions.containsKey(id)) {
                    assertThat(view.comparable(view.find(id).orElseThrow()))
                            .as("seed %d, round %d, %s", seed, round, id)
                            .isEqualTo(
                                    vectors.containsKey(id)
                                            && vectors.get(id).equals(texts.get(id)));
                }
            }
        }
        assertThat(records.unusable()).isZero();
    }

    /**
     * The two topics are read at their own speeds. However their records meet, the end must be the
     * last product with the last vector.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void apply_topicsInterleavedAtRandom_endWithTheLastProductAndVector(long seed) {
        Random random = new Random(seed);
        Map<String, String> lastText = new HashMap<>();
        List<Runnable> products = new ArrayList<>();
        List<Runnable> vectors = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String id = "p" + random.nextInt(50);
            long version = 1L + i;
            if (random.nextInt(3) == 0) {
                products.add(() -> records.productGone(id, version));
                if (lastText.remove(id) != null && random.nextBoolean()) {
                    vectors.add(() -> records.vectorGone(id));
                }
            } else {
                String text = "t" + random.nextInt(2);
                products.add(() -> records.product(id, version, Map.of("v", version), text));
                // As the embedding service does: the same text has its vector already, unless the
                // product was away in between.
                if (!text.equals(lastText.put(id, text))) {
                    vectors.add(() -> records.vector(id, version, "m", text, 1, 0));
                }
            }
        }
        Iterator<Runnable> product = products.iterator();
        Iterator<Runnable> vector = vectors.iterator();
        while (product.hasNext() || vector.hasNext()) {
            boolean next = product.hasNext() && (random.nextBoolean() || !vector.hasNext());
            (next ? product : vector).next().run();
            if (random.nextInt(20) == 0) {
                records.apply();
            }
        }

        CatalogView view = records.view();
        for (int p = 0; p < 50; p++) {
            String id = "p" + p;
            assertThat(view.find(id).isPresent())
                    .as("seed %d, %s", seed, id)
                    .isEqualTo(lastText.containsKey(id));
            if (lastText.containsKey(id)) {
                assertThat(view.comparable(view.find(id).orElseThrow()))
                        .as("seed %d, %s", seed, id)
                        .isTrue();
            }
        }
        assertThat(view.products()).hasSize(lastText.size());
        assertThat(records.unusable()).isZero();
    }

    private static List<String> nearest(CatalogView view, String id) {
        return view.nearest(view.find(id).orElseThrow(), 100).neighbours().stream()
                .map(neighbour -> neighbour.product().id())
                .toList();
    }
}
