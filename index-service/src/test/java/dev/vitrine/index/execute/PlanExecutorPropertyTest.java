package dev.vitrine.index.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.FieldValues;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.FacetValue;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.MatchKind;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.PlanHit;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.SortKey;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.index.TotalRelation;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.index.VectorPlan;
import dev.vitrine.index.column.ColumnStore;
import dev.vitrine.index.column.Documents;
import dev.vitrine.index.column.NaiveModel;
import dev.vitrine.index.column.RandomShop;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.quality.ServedSearches;
import dev.vitrine.index.text.Highlighter;
import dev.vitrine.index.text.QueryTerms;
import dev.vitrine.index.text.TextIndex;
import dev.vitrine.index.text.TextMatches;
import dev.vitrine.index.text.TextSettings;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.index.vector.VectorStore;
import dev.vitrine.kernels.quantized.QuantizedVectorEngine;
import dev.vitrine.kernels.vector.VectorMath;
import dev.vitrine.servicekit.Deadline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept set, total, facets, order and pages of random plans against a computation by hand. */
class PlanExecutorPropertyTest {

    private static final int PRODUCTS = 300;
    private static final int DIMENSIONS = 8;
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir Path folder;

    /** A product as the naive computation sees it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Product(int ordinal, Map<String, Object> document, float @Nullable [] vector) {}

    /** A product that belongs to a result. */
    private record Expected(Product product, boolean identifier, double logOdds) {}

    private static final class World implements AutoCloseable {

        final RandomShop shop;
        final List<Product> products = new ArrayList<>();
        final TextIndex text;
        final Generation generation;
        final PlanExecutor executor =
                new PlanExecutor(() -> 0, new Highlighter(), new ServedSearches());

        World(long seed, Path folder) {
            shop = new RandomShop(seed);
            text = TextIndex.create(folder, RandomShop.SCHEMA, TextSettings.DEFAULT);
            ColumnStore columns = new ColumnStore(RandomShop.SCHEMA, 1_000);
            VectorStore vectors = new VectorStore(d -> new QuantizedVectorEngine(d, 10_000, 1));
            for (int i = 0; i < PRODUCTS; i++) {
                int ordinal = i * 3;
                Map<String, Object> document = shop.document();
                columns.put(
                        ordinal,
                        new StoredProduct("p" + ordinal, i, 1, "h", "t", Documents.write(document)),
                        document);
                text.put("p" + ordinal, ordinal, document);
                boolean withVector = shop.random().nextInt(5) > 0;
                boolean current = withVector && shop.random().nextInt(6) > 0;
                float[] vector = unit(shop.random());
                if (withVector) {
                    Embedding embedding = new Embedding("m", current ? "h" : "old", i, vector);
                    vectors.put(ordinal, embedding, "h");
                }
                products.add(new Product(ordinal, document, current ? vector : null));
            }
            generation =
                    new Generation(
                            4, 1, columns.publish(), text.publish(), vectors.publish(), () -> {});
        }

        PlanResult execute(SearchPlan plan) {
            return executor.execute(plan, generation, Deadline.in(Duration.ofSeconds(10), CLOCK));
        }

        @Override
        public void close() {
            generation.release();
            text.close();
        }
    }

    private static float[] unit(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void execute_randomPlans_agreeWithNaiveComputation(long seed) {
        try (World world = new World(seed, folder)) {
            for (int i = 0; i < 60; i++) {
                SearchPlan plan = plan(world);
                check(world, plan, world.execute(plan));
            }
        }
    }

    // NullAway does not see the nullness of array components of records from other modules.
    @SuppressWarnings("NullAway")
    private static SearchPlan plan(World world) {
        Random random = world.shop.random();
        TextQuery text =
                random.nextInt(4) > 0
                        ? new TextQuery(
                                world.shop.words(1 + random.nextInt(4)), new MinimumMatch(2, 0.75))
                        : null;
        boolean like = text == null && random.nextInt(4) == 0;
        byte[] vector = !like && random.nextInt(3) > 0 ? VectorBytes.encode(unit(random)) : null;
        String identifier = random.nextInt(3) == 0 ? world.shop.sku().replace("-", " ") : null;
        Filter filter = random.nextInt(3) > 0 ? world.shop.filter(2) : null;
        List<SortKey> sort =
                random.nextInt(3) == 0
                        ? List.of(
                                new SortKey("price", random.nextBoolean()),
                                new SortKey("brand", true))
                        : List.of();
        ScoringHead head =
                new ScoringHead(
                        "test",
                        1,
                        -2,
                        1 + random.nextInt(3),
                        random.nextInt(5),
                        random.nextInt(5) == 0 ? 1.1 : random.nextDouble(),
                        random.nextInt(2) * 0.4);
        return new SearchPlan(
                text,
                vector,
                vector == null || random.nextBoolean() ? null : "m",
                like ? "p" + 3 * random.nextInt(PRODUCTS) : null,
                identifier,
                filter,
                List.of(FacetRequest.of("colors"), FacetRequest.of("price")),
                sort,
                random.nextInt(30),
                random.nextInt(40),
                List.of("title"),
                random.nextBoolean(),
                random.nextBoolean(),
                head,
                new PlanLimits(100_000, 5_000));
    }

    private static void check(World world, SearchPlan plan, PlanResult result) {
        List<Expected> kept = kept(world, plan);
        assertThat(result.total()).as("%s", plan).isEqualTo(kept.size());
        assertThat(result.totalRelation()).isEqualTo(TotalRelation.EXACT);
        assertThat(result.generation()).isEqualTo(4);
        assertThat(result.cutoff().kept()).isEqualTo(kept.size());

        kept.sort(order(plan));
        List<String> page =
                kept.stream()
                        .skip(plan.offset())
                        .limit(plan.limit())
                        .map(expected -> "p" + expected.product().ordinal())
                        .toList();
        assertThat(result.hits().stream().map(PlanHit::id)).containsExactlyElementsOf(page);
        for (PlanHit hit : result.hits()) {
            assertThat(hit.fields()).containsOnlyKeys("title");
            assertThat(hit.relevance()).isBetween(plan.head().threshold(), 1.0);
        }

        List<Map<String, Object>> documents =
                kept.stream().map(expected -> expected.product().document()).toList();
        FacetResult colors = result.facets().getOrDefault("colors", EMPTY);
        List<FacetValue> values = colors.values() == null ? List.of() : colors.values();
        assertThat(new TreeMap<>(asMap(values))).isEqualTo(NaiveModel.counts("colors", documents));
        FacetResult price = result.facets().getOrDefault("price", EMPTY);
        assertThat(price.missing())
                .isEqualTo(documents.size() - NaiveModel.numbers("price", documents).size());
    }

    private static final FacetResult EMPTY = new FacetResult(null, 0, 0, null, null);

    private static Map<String, Integer> asMap(List<FacetValue> values) {
        Map<String, Integer> map = new HashMap<>();
        values.forEach(value -> map.put(value.value(), value.count()));
        return map;
    }

    private static List<Expected> kept(World world, SearchPlan plan) {
        TextMatches matches = TextMatches.none();
        if (plan.text() != null) {
            QueryTerms terms = QueryTerms.of(plan.text().text());
            matches =
                    world.generation
                            .text()
                            .search(
                                    terms,
                                    plan.text().minimumMatch().of(terms.size()),
                                    () -> false);
        }
        Map<Integer, Float> bm25 = new HashMap<>();
        for (int i = 0; i < matches.size(); i++) {
            bm25.put(matches.ordinal(i), matches.score(i));
        }
        boolean browse =
                plan.text() == null
                        && plan.vector() == null
                        && plan.likeProduct() == null
                        && plan.identifier() == null;
        float[] query = queryVector(world, plan);
        List<Expected> kept = new ArrayList<>();
        for (Product product : world.products) {
            boolean inside =
                    plan.filter() == null || NaiveModel.matches(plan.filter(), product.document());
            if (!inside || ("p" + product.ordinal()).equals(plan.likeProduct())) {
                continue;
            }
            if (browse) {
                kept.add(new Expected(product, false, 0));
                continue;
            }
            Float score = bm25.get(product.ordinal());
            float cosine =
                    query == null || product.vector() == null
                            ? Float.NaN
                            : VectorMath.dot(query, product.vector());
            double t = score == null ? 0 : score / (double) matches.best();
            double s = Float.isNaN(cosine) ? 0 : Math.max(0, cosine);
            double logOdds = plan.head().logOdds(t, s);
            boolean identifier =
                    plan.identifier() != null
                            && FieldValues.identifier(plan.identifier())
                                    .equals(
                                            FieldValues.identifier(
                                                    String.valueOf(product.document().get("sku"))));
            boolean found = score != null || cosine >= (float) plan.head().semanticFloor();
            if (identifier || (found && plan.head().relevance(t, s) >= plan.head().threshold())) {
                kept.add(new Expected(product, identifier, logOdds));
            }
        }
        return kept;
    }

    private static float @Nullable [] queryVector(World world, SearchPlan plan) {
        if (plan.vector() != null) {
            return VectorBytes.decode(plan.vector());
        }
        for (Product product : world.products) {
            if (("p" + product.ordinal()).equals(plan.likeProduct())) {
                return product.vector();
            }
        }
        return null;
    }

    private static Comparator<Expected> order(SearchPlan plan) {
        Comparator<Expected> relevance =
                Comparator.comparing((Expected e) -> !e.identifier())
                        .thenComparing(Comparator.comparingDouble(Expected::logOdds).reversed())
                        .thenComparingInt(e -> e.product().ordinal());
        Comparator<Expected> fields =
                (a, b) -> {
                    for (SortKey key : plan.sort()) {
                        int order =
                                NaiveModel.compare(
                                        key, a.product().document(), b.product().document());
                        if (order != 0) {
                            return order;
                        }
                    }
                    return 0;
                };
        return fields.thenComparing(relevance);
    }

    @SuppressWarnings("NullAway") // as above
    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void execute_moreCandidatesThanAllowed_saysAtLeast(int max) {
        try (World world = new World(1, folder)) {
            SearchPlan plan =
                    new SearchPlan(
                            new TextQuery("laptop mouse", new MinimumMatch(0, 0)),
                            null,
                            null,
                            null,
                            null,
                            null,
                            List.of(),
                            List.of(),
                            0,
                            5,
                            null,
                            true,
                            true,
                            new ScoringHead("test", 1, 0, 1, 1, 2, 0),
                            new PlanLimits(max, 1_000));
            PlanResult result = world.execute(plan);

            assertThat(result.totalRelation()).isEqualTo(TotalRelation.AT_LEAST);
            assertThat(result.total()).isEqualTo(max);
            PlanHit best = result.hits().getFirst();
            assertThat(best.matchedBy()).containsExactly(MatchKind.TEXT);
            assertThat(best.explanation()).isNotNull();
            assertThat(best.explanation().text()).isEqualTo(1);
            assertThat(best.explanation().terms()).isNotEmpty();
            assertThat(best.highlight()).isNotEmpty();
        }
    }

    /** The nearest of all rows is worth a scan to somebody who wants to know why nothing came. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void execute_nothingReachesTheFloor_theNearestIsLookedForToExplain(boolean explain) {
        try (World world = new World(2, folder)) {
            float[] query = unit(new Random(3));
            SearchPlan plan =
                    VectorPlan.of(
                            query,
                            explain,
                            new ScoringHead("test", 1, 0, 0, 1, 1, 0),
                            new PlanLimits(100, 1_000));
            double nearest = 0;
            for (Product product : world.products) {
                if (product.vector() != null) {
                    nearest = Math.max(nearest, VectorMath.dot(query, product.vector()));
                }
            }
            PlanResult result = world.execute(plan);

            assertThat(result.hits()).isEmpty();
            assertThat(result.statistics().semanticMatches()).isZero();
            assertThat(result.statistics().bestCosine()).isEqualTo(explain ? nearest : 0);
        }
    }
}
