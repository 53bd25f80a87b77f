package dev.vitrine.index.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.index.FacetRange;
import dev.vitrine.contracts.index.FacetRangeCount;
import dev.vitrine.contracts.index.FacetRequest;
import dev.vitrine.contracts.index.FacetResult;
import dev.vitrine.contracts.index.FacetSort;
import dev.vitrine.contracts.index.FacetStatistics;
import dev.vitrine.contracts.index.FacetValue;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.SortKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random products, changes and questions against {@link NaiveModel}. */
class ColumnPropertyTest {

    private static final int ORDINALS = 9_000;
    private static final int PRODUCTS = 700;

    /** A store, the documents that it ought to hold, and the view of both. */
    private static final class World {

        final RandomShop shop;
        final ColumnStore store = new ColumnStore(RandomShop.SCHEMA, 10_000);
        final TreeMap<Integer, Map<String, Object>> documents = new TreeMap<>();

        World(long seed) {
            shop = new RandomShop(seed);
        }

        void change(int times) {
            for (int i = 0; i < times; i++) {
                int ordinal = shop.random().nextInt(ORDINALS);
                if (shop.random().nextInt(6) == 0) {
                    store.remove(ordinal);
                    documents.remove(ordinal);
                } else {
                    Map<String, Object> document = shop.document();
                    store.put(ordinal, product(ordinal, i), document);
                    documents.put(ordinal, document);
                }
            }
        }

        static StoredProduct product(int ordinal, int version) {
            return new StoredProduct("p" + ordinal, version, 1, "s", "t", new byte[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void filtersFacetsAndSorts_randomProducts_agreeWithNaiveModel(long seed) {
        World world = new World(seed);
        for (int round = 0; round < 4; round++) {
            world.change(PRODUCTS);
            checkAll(world.shop, world.store.publish(), world.documents);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void oldView_laterChanges_staysAsItWas(long seed) {
        World world = new World(seed);
        world.change(PRODUCTS);
        ColumnView view = world.store.publish();
        TreeMap<Integer, Map<String, Object>> then = new TreeMap<>(world.documents);

        world.change(PRODUCTS);
        world.store.publish();

        checkAll(world.shop, view, then);
    }

    private static void checkAll(
            RandomShop shop,
            ColumnView view,
            NavigableMap<Integer, Map<String, Object>> documents) {
        assertThat(view.size()).isEqualTo(documents.size());
        assertThat(ordinals(view.all())).containsExactlyElementsOf(documents.keySet());
        FilterEvaluator filters = new FilterEvaluator(view);
        for (int i = 0; i < 25; i++) {
            Filter filter = shop.filter(3);
            long[] words = filters.evaluate(filter);
            List<Integer> expected =
                    documents.entrySet().stream()
                            .filter(entry -> NaiveModel.matches(filter, entry.getValue()))
                            .map(Map.Entry::getKey)
                            .toList();
            assertThat(ordinals(words)).as("%s", filter).containsExactlyElementsOf(expected);
            if (i < 4) {
                List<Map<String, Object>> kept = expected.stream().map(documents::get).toList();
                checkFacets(view, words, kept);
                checkSort(shop, view, words, documents);
            }
        }
        String sku = shop.sku();
        assertThat(ordinals(view.withIdentifier(sku.replace("/", " ").toUpperCase(Locale.ROOT))))
                .containsExactlyElementsOf(
                        documents.entrySet().stream()
                                .filter(entry -> sku.equals(entry.getValue().get("sku")))
                                .map(Map.Entry::getKey)
                                .toList());
    }

    private static void checkFacets(ColumnView view, long[] words, List<Map<String, Object>> kept) {
        FacetRange low = new FacetRange(null, 10.0);
        FacetRange middle = new FacetRange(10.0, 20.5);
        Map<String, FacetResult> results =
                new FacetCounter(view, words)
                        .count(
                                List.of(
                                        FacetRequest.of("colors"),
                                        FacetRequest.of("category", 5, null, FacetSort.VALUE),
                                        FacetRequest.of("active"),
                                        FacetRequest.of("price", null, List.of(low, middle), null),
                                        FacetRequest.of("attr_t_*", 7, null, null)));
        List<FacetValue> colors = byCount(NaiveModel.counts("colors", kept));
        assertThat(results.get("colors"))
                .isEqualTo(new FacetResult(colors, 0, missing("colors", kept), null, null));

        NavigableMap<String, Integer> categories = NaiveModel.counts("category", kept);
        FacetResult category = Objects.requireNonNull(results.get("category"));
        List<FacetValue> firstCategories =
                categories.entrySet().stream()
                        .limit(5)
                        .map(e -> new FacetValue(e.getKey(), e.getValue()))
                        .toList();
        assertThat(category.values()).isEqualTo(firstCategories);
        assertThat(category.otherCount())
                .isEqualTo(
                        categories.values().stream().mapToInt(i -> i).sum()
                                - firstCategories.stream().mapToInt(FacetValue::count).sum());

        List<Double> prices = NaiveModel.numbers("price", kept);
        FacetResult price = Objects.requireNonNull(results.get("price"));
        assertThat(price.missing()).isEqualTo(kept.size() - prices.size());
        if (prices.isEmpty()) {
            assertThat(price.stats()).isNull();
        } else {
            DoubleSummaryStatistics stats = prices.stream().mapToDouble(d -> d).summaryStatistics();
            assertThat(price.stats())
                    .isEqualTo(
                            new FacetStatistics(
                                    stats.getMin(),
                                    stats.getMax(),
                                    stats.getAverage(),
                                    stats.getSum(),
                                    prices.size()));
        }
        assertThat(price.ranges())
                .containsExactly(
                        new FacetRangeCount(null, 10.0, NaiveModel.inRange(low, prices)),
                        new FacetRangeCount(10.0, 20.5, NaiveModel.inRange(middle, prices)));

        TreeMap<String, Integer> coverage = new TreeMap<>();
        for (Map<String, Object> document : kept) {
            document.keySet().stream()
                    .filter(name -> name.startsWith("attr_t_"))
                    .forEach(name -> coverage.merge(name, 1, Integer::sum));
        }
        assertThat(results.keySet().stream().filter(name -> name.startsWith("attr_t_")))
                .containsExactlyElementsOf(
                        byCount(coverage).stream().limit(7).map(FacetValue::value).toList());
    }

    private static List<FacetValue> byCount(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(e -> new FacetValue(e.getKey(), e.getValue()))
                .sorted(
                        Comparator.comparingInt(FacetValue::count)
                                .reversed()
                                .thenComparing(FacetValue::value))
                .toList();
    }

    private static int missing(String field, List<Map<String, Object>> kept) {
        return (int)
                kept.stream()
                        .filter(document -> NaiveModel.values(field, document).isEmpty())
                        .count();
    }

    private static void checkSort(
            RandomShop shop,
            ColumnView view,
            long[] words,
            NavigableMap<Integer, Map<String, Object>> documents) {
        for (List<SortKey> keys :
                List.of(
                        List.of(new SortKey("price", true), new SortKey("brand", false)),
                        List.of(new SortKey("colors", true), new SortKey("attr_n_3", false)),
                        List.of(new SortKey("category", false), new SortKey("released", true)))) {
            int limit = shop.random().nextInt(60);
            BoundedSelection selection =
                    new BoundedSelection(limit, SortOrder.of(view, keys).then(Integer::compare));
            Words.forEach(words, selection::offer);

            Comparator<Integer> naive =
                    (a, b) -> {
                        for (SortKey key : keys) {
                            int order =
                                    NaiveModel.compare(
                                            key,
                                            Objects.requireNonNull(documents.get(a)),
                                            Objects.requireNonNull(documents.get(b)));
                            if (order != 0) {
                                return order;
                            }
                        }
                        return Integer.compare(a, b);
                    };
            assertThat(selection.sorted())
                    .as("%s", keys)
                    .containsExactly(
                            ordinals(words).stream()
                                    .sorted(naive)
                                    .limit(limit)
                                    .mapToInt(i -> i)
                                    .toArray());
        }
    }

    private static List<Integer> ordinals(long[] words) {
        List<Integer> ordinals = new ArrayList<>();
        Words.forEach(words, ordinals::add);
        return ordinals;
    }
}
