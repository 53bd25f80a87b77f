package dev.vitrine.recommender.algorithm.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.recommendation.SimilarProducts;
import dev.vitrine.recommender.catalog.CatalogProduct;
import dev.vitrine.recommender.catalog.CatalogRecords;
import dev.vitrine.recommender.catalog.CatalogView;
import dev.vitrine.recommender.catalog.DocumentFilter;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarSearchTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Deadline FAR = Deadline.in(Duration.ofSeconds(10), CLOCK);

    private static final CatalogSchema SCHEMA =
            schema(
                    """
                    {"fields":[
                     {"name":"title","type":"text","weight":3,"role":"title"},
                     {"name":"ean","type":"keyword","filterable":true,"role":"identifier"},
                     {"name":"code_*","type":"keyword","role":"identifier"},
                     {"name":"stock","type":"number","filterable":true,"role":"stock"},
                     {"name":"price","type":"number","filterable":true}]}
                    """);

    private final CatalogRecords records = new CatalogRecords(100_000);
    private final SimilarSearch search = new SimilarSearch(new SimilarProperties(100_000));

    @Test
    void find_neighbours_nearestFirstWithoutTheProductItself() {
        add("a", Map.of("title", "A"), 1, 0);
        add("far", Map.of("title", "B"), 0, 1);
        add("near", Map.of("title", "C"), 0.8f, 0.6f);

        assertThat(ids(find("a", null, 10))).containsExactly("near", "far");
        assertThat(ids(find("a", null, 1))).containsExactly("near");
        assertThat(find("a", null, 1).items().getFirst().score()).isBetween(0.79, 0.81);
    }

    @Test
    void find_duplicates_areLeftOut() {
        add("a", Map.of("title", "Desk Lamp, black", "ean", List.of("40-12", "7")), 1, 0);
        add("sameTitle", Map.of("title", "desk  lamp BLACK"), 1, 0.1f);
        add("sameEan", Map.of("title", "X", "ean", "4012"), 1, 0.1f);
        add("sameCode", Map.of("title", "Y", "code_mpn", "7"), 1, 0.1f);
        add("other", Map.of("title", "Desk lamp, white", "ean", "8"), 1, 0.1f);
        records.product("sameText", 1, Map.of("title", "Z"), "text of a")
                .vector("sameText", "m", "text of a", 1, 0);

        assertThat(ids(find("a", null, 10))).containsExactly("other");
    }

    @Test
    void find_productsWithoutTitleAndCode_areNotDuplicates() {
        add("a", Map.of(), 1, 0);
        add("b", Map.of("title", "--"), 1, 0);
        add("c", Map.of("title", "!"), 1, 0);

        assertThat(ids(find("a", null, 10))).containsExactly("b", "c");
        assertThat(ids(find("b", null, 10))).containsExactly("a", "c");
    }

    @Test
    void find_outOfStock_isLeftOutAndUnknownStockIsNot() {
        add("a", Map.of("title", "A", "stock", 0), 1, 0);
        add("none", Map.of("title", "B", "stock", 0), 1, 0.1f);
        add("minus", Map.of("title", "C", "stock", -1), 1, 0.1f);
        add("some", Map.of("title", "D", "stock", 0.5), 1, 0.1f);
        add("unknown", Map.of("title", "E"), 1, 0.1f);

        assertThat(ids(find("a", null, 10))).containsExactly("some", "unknown");
    }

    @Test
    void find_equalCosines_areOrderedByIdWhateverTheLimit() {
        add("a", Map.of("title", "A"), 1, 0);
        for (int i = 300; i > 0; i--) {
            add(String.format("p%03d", i), Map.of("title", "T" + i), 0, 1);
        }

        assertThat(ids(find("a", null, 3))).containsExactly("p001", "p002", "p003");
    }

    @Test
    void find_fewFitTheFilter_looksOnUntilTheyAreFound() {
        add("a", Map.of("title", "A"), 1, 0);
        for (int i = 1; i <= 2_000; i++) {
            float x = 1 - i / 2_500f;
            add("p" + i, Map.of("title", "T" + i, "price", i), x, (float) Math.sqrt(1 - x * x));
        }

        SimilarResult result = find("a", "price >= 1998", 5);
        assertThat(ids(result)).containsExactly("p1998", "p1999", "p2000");
        assertThat(result.complete()).isTrue();
        SimilarResult limited =
                new SimilarSearch(new SimilarProperties(500))
                        .find(
                                records.view(),
                                SCHEMA,
                                records.view().find("a").orElseThrow(),
                                filter("price >= 1998"),
                                5,
                                FAR);
        assertThat(limited.items()).isEmpty();
        assertThat(limited.complete()).isFalse();
    }

    @Test
    void find_fewOfManyFit_givesEachOnceAndAsManyAsWanted() {
        records.many(6_000, 32).apply();
        assertThat(records.tend()).isTrue();
        CatalogView view = records.view();

        SimilarResult result =
                search.find(
                        view,
                        SCHEMA,
                        view.find("p0").orElseThrow(),
                        near -> Integer.parseInt(near.id().substring(1)) % 300 == 1,
                        12,
                        FAR);

        assertThat(ids(result)).hasSize(12).doesNotHaveDuplicates();
        assertThat(result.items())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(SimilarProducts.Item::score).reversed());
        assertThat(result.complete()).isTrue();
    }

    @Test
    void find_deadlineOver_isATimeout() {
        add("a", Map.of("title", "A"), 1, 0);
        CatalogView view = records.view();

        assertThatThrownBy(() ->
                        search.find(
                                view,
                                SCHEMA,
                                view.find("a").orElseThrow(),
                                filter(null),
                                5,
                                Deadline.in(Duration.ZERO, CLOCK)))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void find_randomCatalog_agreesWithBruteForce(long seed) {
        Random random = new Random(seed);
        int count = 400;
        int floor = random.nextInt(100);
        int limit = 1 + random.nextInt(100);
        List<SimilarProducts.Item> expected = new ArrayList<>();
        add("p0", Map.of("title", "T"), 1, 0);
        for (int i = 1; i < count; i++) {
            String id = "p" + i;
            double angle = random.nextInt(200) / 200.0 * Math.PI;
            int price = random.nextInt(100);
            int stock = random.nextInt(3);
            add(
                    id,
                    Map.of("title", "T" + i, "price", price, "stock", stock),
                    (float) Math.cos(angle),
                    (float) Math.sin(angle));
            if (price >= floor && stock > 0) {
                expected.add(new SimilarProducts.Item(id, Math.cos(angle)));
            }
        }
        expected.sort(
                Comparator.comparingDouble((SimilarProducts.Item item) -> -rounded(item))
                        .thenComparing(SimilarProducts.Item::id));

        // Angles are 0.9 degrees apart: rounding ties only those that are equal.
        assertThat(ids(find("p0", "price >= " + floor, limit)))
                .as("seed %d, floor %d, limit %d", seed, floor, limit)
                .isEqualTo(
                        expected.subList(0, Math.min(limit, expected.size())).stream()
                                .map(SimilarProducts.Item::id)
                                .toList());
    }

    private static double rounded(SimilarProducts.Item item) {
        return Math.round(item.score() * 1e6) / 1e6;
    }

    private void add(String id, Map<String, Object> document, float... vector) {
        String text = "text of " + id;
        records.product(id, 1, document, text).vector(id, "m", text, vector);
    }

    private SimilarResult find(String id, @Nullable String filter, int limit) {
        CatalogView view = records.view();
        return search.find(view, SCHEMA, view.find(id).orElseThrow(), filter(filter), limit, FAR);
    }

    private static Predicate<CatalogProduct> filter(@Nullable String filter) {
        if (filter == null) {
            return product -> true;
        }
        DocumentFilter condition = DocumentFilter.of(SCHEMA, FilterParser.parse(filter));
        return product -> condition.matches(product.document());
    }

    private static List<String> ids(SimilarResult result) {
        return result.items().stream().map(SimilarProducts.Item::id).toList();
    }

    private static CatalogSchema schema(String json) {
        return WireJson.mapper().readValue(json, CatalogSchema.class);
    }
}
