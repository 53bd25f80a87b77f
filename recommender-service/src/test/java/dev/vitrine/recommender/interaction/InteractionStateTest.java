package dev.vitrine.recommender.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherTrainer;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnParameters;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnTrainer;
import dev.vitrine.recommender.interaction.CatalogInteractions.Kept;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InteractionStateTest {
    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Kept NOTHING = new Kept(List.of(), List.of());
    private static final InteractionProperties SMALL =
            new InteractionProperties(30, 1, 3, 2, Duration.ofMinutes(30));
    private static final InteractionProperties MANY =
            new InteractionProperties(30, 1_000, 50, 500, Duration.ofMinutes(30));

    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private InteractionState state = new InteractionState(SMALL, 1_000_000, meters);

    @Test
    void add_sameIdTwice_countsOnce() {
        add(purchase("e", NOW, "a", "b"));
        add(purchase("e", NOW, "c", "d"));
        assertThat(catalog().kept().baskets())
                .containsExactly(new Occasion("e", NOW, List.of("a", "b")));
        assertThat(count("repeated")).isEqualTo(1);
        assertThat(catalog().changes()).isEqualTo(1);
    }

    @Test
    void add_sameIdToACatalogueMadeAnew_counts() {
        add(purchase("e", NOW, "a", "b"));
        state.forget(SHOP);
        state.add(purchase("e", NOW, "a", "b"), NOW, NOW);
        assertThat(catalog().kept().baskets()).hasSize(1);
        assertThat(count("repeated")).isZero();
        state.add(purchase("e", NOW, "a", "b"), NOW, NOW);
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void add_withoutConsent_isNotLearnedFrom() {
        add(event("e", InteractionType.VIEW, NOW, "v", "s", false, "a"));
        assertThat(state.catalog(SHOP)).isEmpty();
        assertThat(count("without.consent")).isEqualTo(1);
    }

    @Test
    void add_takenBeforeTheNameWasWhatItIs_isOfAnotherCatalogue() {
        Interaction event = purchase("e", NOW.minusSeconds(60), "a", "b");
        state.add(event, NOW, NOW.plusMillis(1));
        assertThat(state.catalog(SHOP)).isEmpty();
        assertThat(count("earlier")).isEqualTo(1);
        // An old event may be told to a new catalogue.
        state.add(event, NOW, NOW);
        assertThat(catalog().kept().baskets()).hasSize(1);
    }

    @Test
    void add_searchesAndImpressions_areNoWish() {
        add(event("1", InteractionType.SEARCH, NOW, "v", "s", null));
        add(event("2", InteractionType.IMPRESSION, NOW, "v", "s", null, "a"));
        add(event("3", InteractionType.CART_REMOVE, NOW, "v", "s", null, "a"));
        assertThat(state.catalog(SHOP)).isEmpty();
        assertThat(count("passed.over")).isEqualTo(3);
    }

    @Test
    void add_manyImpressions_pushNoPurchaseOutOfMemory() {
        budgetOf(10_000);
        add(purchase("e", NOW, "a", "b"));
        for (int i = 0; i < 1_000; i++) {
            add(event("shown-" + i, InteractionType.IMPRESSION, NOW, "v", "s", null, "a"));
        }
        add(purchase("e", NOW, "a", "b"));
        assertThat(count("repeated")).isEqualTo(1);
        assertThat(catalog().changes()).isEqualTo(1);
    }

    @Test
    void add_clockAYearAhead_countsFromTheLogsOwn() {
        add(purchase("e", NOW.plus(Duration.ofDays(365)), "a"));
        assertThat(catalog().kept().baskets()).extracting(Occasion::time).containsExactly(NOW);
    }

    @Test
    void visit_lateEvent_standsWhereItsTimeSays() {
        add(view("1", NOW.minusSeconds(30), "s", "a"));
        add(view("2", NOW.minusSeconds(10), "s", "c"));
        add(view("3", NOW.minusSeconds(20), "s", "b"));
        add(view("4", NOW.minusSeconds(9), "s", "c"));
        assertThat(catalog().visit(null, "s")).containsExactly("a", "b", "c");
        assertThat(catalog().visit("v", null)).containsExactly("a", "b", "c");
        assertThat(catalog().visit("stranger", null)).isEmpty();
        assertThat(catalog().visit(null, "unknown")).isEmpty();
    }

    @Test
    void visit_noSessionNamed_endsWithAPause() {
        Instant before = NOW.minus(Duration.ofHours(2));
        add(view("1", before, null, "a"));
        add(view("2", before.plusSeconds(60), null, "b"));
        add(view("3", NOW, null, "c"));
        assertThat(catalog().visit("v", null)).containsExactly("c");
        assertThat(catalog().kept().visits())
                .extracting(Occasion::items)
                .containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
    }

    @Test
    void visit_eventLaterThanThePause_joinsNoNewerVisit() {
        add(view("1", NOW, null, "c"));
        add(view("2", NOW.minus(Duration.ofHours(2)), null, "a"));
        add(view("3", NOW.minus(Duration.ofMinutes(30)), null, "b"));
        assertThat(catalog().visit("v", null)).containsExactly("b", "c");
        assertThat(catalog().kept().visits())
                .extracting(Occasion::items)
                .containsExactlyInAnyOrder(List.of("a"), List.of("b", "c"));
    }

    @Test
    void visit_eventOfAnOldSession_isNotTheVisitorsLast() {
        add(view("1", NOW, "today", "c"));
        add(view("2", NOW.minus(Duration.ofHours(2)), "before", "a"));
        assertThat(catalog().visit("v", null)).containsExactly("c");
        assertThat(catalog().visit("v", "before")).containsExactly("a");
    }

    @Test
    void limits_each_isKept() {
        add(purchase("p1", NOW.minusSeconds(3), "a", "b", "c"));
        assertThat(catalog().kept().baskets())
                .extracting(Occasion::items)
                .containsExactly(List.of("a", "b"));
        for (int i = 0; i < 5; i++) {
            add(view("v" + i, NOW.minusSeconds(9 - i), "s", "i" + i));
        }
        assertThat(catalog().visit(null, "s")).containsExactly("i2", "i3", "i4");
        add(event("second", "o", InteractionType.VIEW, NOW, "v", "s", true, "a"));
        assertThat(state.catalogs()).containsOnlyKeys(SHOP);
        assertThat(count("over.catalogs")).isEqualTo(1);
        state.forget(SHOP);
        assertThat(state.catalogs()).isEmpty();
    }

    @Test
    void add_moreThanTheBudget_keepsTheNewest() {
        long budget = budgetOf(20_000);
        // Whatever the order of arrival.
        for (int i = 0; i < 5_000; i++) {
            int at = i * 1_237 % 5_000;
            add(view("v" + at, NOW.minusSeconds(5_000 - at), "s" + at, "i" + at % 7));
            add(purchase("p" + at, NOW.minusSeconds(5_000 - at), "i" + at % 7, "b"));
            assertThat(state.bytes()).isLessThanOrEqualTo(budget);
        }
        Kept kept = catalog().kept();
        assertThat(kept.baskets()).hasSizeGreaterThan(10);
        assertThat(kept.baskets())
                .extracting(Occasion::id)
                .containsExactlyElementsOf(newest("p", kept.baskets().size()));
        assertThat(kept.visits()).hasSizeGreaterThan(10);
        assertThat(kept.visits())
                .extracting(Occasion::id)
                .containsExactlyElementsOf(newest("session/s", kept.visits().size()));
        assertThat(kept.visits().size() - kept.baskets().size()).isBetween(-1, 1);
        assertThat(count("let.go"))
                .isEqualTo(10_000 - kept.visits().size() - kept.baskets().size());
        assertThat(catalog().visit(null, "s0")).isEmpty();
        assertThat(catalog().visit("v", null)).containsExactly("i1");
        // A model of what was let go is to be made again.
        assertThat(catalog().changes()).isEqualTo(10_000 + (long) count("let.go"));
        assertThat(meters.get("recommender.interaction.bytes").gauge().value())
                .isBetween(0.9 * budget, (double) budget);
        assertThat(meters.get("recommender.interaction.bytes.max").gauge().value())
                .isEqualTo((double) budget);
    }

    @Test
    void add_oneHugeCatalog_pushesOutNoSmallOne() {
        long budget = budgetOf(60_000);
        for (int i = 0; i < 3_000; i++) {
            add(view("v" + i, NOW.minusSeconds(3_000 - i), "s" + i, "i" + i % 7));
            if (i % 600 == 0) {
                // Older than all that the huge one keeps.
                Instant longAgo = NOW.minus(Duration.ofDays(80));
                for (String small : List.of("small", "tiny")) {
                    add(
                            event(
                                    small,
                                    small + i,
                                    InteractionType.VIEW,
                                    longAgo,
                                    "v",
                                    "s" + i,
                                    true,
                                    "a",
                                    "b"));
                    add(
                            event(
                                    small,
                                    "p" + small + i,
                                    InteractionType.PURCHASE,
                                    longAgo,
                                    "v",
                                    null,
                                    null,
                                    "a",
                                    "b"));
                }
            }
            assertThat(state.bytes()).isLessThanOrEqualTo(budget);
        }
        for (String small : List.of("small", "tiny")) {
            Kept kept = state.catalog(new CatalogRef("default", small)).orElseThrow().kept();
            assertThat(kept.visits()).hasSize(5);
            assertThat(kept.baskets()).hasSize(5);
        }
        assertThat(catalog().kept().visits()).hasSizeBetween(20, 200);
    }

    @Test
    void add_allLetGo_countsBackToNothing() {
        budgetOf(1_000_000);
        for (int i = 0; i < 200; i++) {
            add(view("v" + i, NOW.minusSeconds(i % 50), "s" + i % 20, "i" + i % 7, "ж" + i));
            add(purchase("p" + i, NOW.minusSeconds(i % 50), "i" + i % 7, "b" + i, "b"));
        }
        // Forgotten by its id long ago, but not as a basket.
        catalog().add(purchase("p0", NOW, "i0", "b0", "b"), NOW);
        assertThat(catalog().kept().baskets()).hasSize(200);
        assertThat(catalog().bytes()).isGreaterThan(100_000);
        while (catalog().letOldestGo()) {
            assertThat(catalog().bytes()).isNotNegative();
        }
        assertThat(catalog().bytes()).isZero();
        assertThat(catalog().kept()).isEqualTo(NOTHING);
        assertThat(catalog().visit("v", null)).isEmpty();
    }

    /** Far more than the heap of this JVM could hold, were it kept. */
    @Test
    void add_eventsWithoutEnd_stayWithinTheBudgetInTruth() {
        long budget = budgetOf(8_000_000);
        String padding = "x".repeat(200);
        long before = usedHeap();
        for (int i = 0; i < 400_000; i++) {
            String visitor = padding + i / 4;
            Instant time = NOW.minusSeconds(400_000 - i);
            add(event("v" + i, InteractionType.VIEW, time, visitor, visitor, null, item(i)));
            if (i % 20 == 0) {
                add(
                        event(
                                "p" + i,
                                InteractionType.PURCHASE,
                                time,
                                visitor,
                                visitor,
                                null,
                                item(i),
                                item(i + 1),
                                item(i + 2)));
            }
            if (i % 1_000 == 0) {
                assertThat(state.bytes()).isLessThanOrEqualTo(budget);
            }
        }
        ItemRanker next =
                new SessionKnnTrainer(SessionKnnParameters.DEFAULT)
                        .train(catalog().kept().visits());
        ItemRanker together =
                new BoughtTogetherTrainer(BoughtTogetherParameters.DEFAULT)
                        .train(catalog().kept().baskets());
        assertThat(catalog().kept().visits()).hasSizeGreaterThan(3_000);
        assertThat(usedHeap() - before).isLessThan(budget);
        assertThat(next.rank(List.of(item(399_999)), 1, any -> true)).isNotEmpty();
        assertThat(together.rank(List.of(item(0)), 1, any -> true)).isNotEmpty();
    }

    private static String item(int i) {
        return "item-" + i * 31 % 2_000;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private long budgetOf(long bytes) {
        meters = new SimpleMeterRegistry();
        state = new InteractionState(MANY, bytes, meters);
        return bytes;
    }

    private static List<String> newest(String prefix, int count) {
        return IntStream.range(5_000 - count, 5_000).mapToObj(at -> prefix + at).toList();
    }

    private CatalogInteractions catalog() {
        return state.catalog(SHOP).orElseThrow();
    }

    private void add(Interaction event) {
        state.add(event, NOW, Instant.EPOCH);
    }

    private double count(String name) {
        return meters.get("recommender.interaction." + name).counter().count();
    }

    private static Interaction purchase(String id, Instant time, String... items) {
        return event(id, InteractionType.PURCHASE, time, "v", null, null, items);
    }

    private static Interaction view(
            String id, Instant time, @Nullable String session, String... items) {
        return event(id, InteractionType.VIEW, time, "v", session, true, items);
    }

    private static Interaction event(
            String id,
            InteractionType type,
            Instant time,
            String visitor,
            @Nullable String session,
            @Nullable Boolean consent,
            String... items) {
        return event(SHOP.catalog(), id, type, time, visitor, session, consent, items);
    }

    private static Interaction event(
            String catalog,
            String id,
            InteractionType type,
            Instant time,
            String visitor,
            @Nullable String session,
            @Nullable Boolean consent,
            String... items) {
        return new Interaction(
                SHOP.tenant(),
                catalog,
                id,
                time,
                type,
                visitor,
                null,
                session,
                null,
                null,
                null,
                Arrays.stream(items)
                        .map(item -> new InteractionItem(item, null, null, null))
                        .toList(),
                null,
                null,
                consent);
    }
}
