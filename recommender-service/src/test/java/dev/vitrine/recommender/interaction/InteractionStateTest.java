package dev.vitrine.recommender.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.interaction.Interaction;
import dev.vitrine.contracts.interaction.InteractionItem;
import dev.vitrine.contracts.interaction.InteractionType;
import dev.vitrine.recommender.algorithm.Occasion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InteractionStateTest {
    private static final CatalogRef SHOP = new CatalogRef("default", "shop");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final InteractionProperties SMALL =
            new InteractionProperties(1, 2, 2, 3, 2, 3, Duration.ofMinutes(30));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InteractionState state = new InteractionState(SMALL, meters);

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
    void add_withoutConsent_isNotLearnedFrom() {
        add(event("e", InteractionType.VIEW, NOW, "v", "s", false, "a"));
        assertThat(state.catalog(SHOP)).isEmpty();
        assertThat(count("without.consent")).isEqualTo(1);
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
        add(purchase("e", NOW, "a", "b"));
        for (int i = 0; i < 2 * SMALL.eventIdsMax(); i++) {
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
        add(purchase("p2", NOW.minusSeconds(1), "a"));
        add(purchase("p3", NOW.minusSeconds(2), "a"));
        assertThat(catalog().kept().baskets()).extracting(Occasion::id).containsExactly("p3", "p2");
        for (int i = 0; i < 5; i++) {
            add(view("v" + i, NOW.minusSeconds(9 - i), "s", "i" + i));
        }
        assertThat(catalog().visit(null, "s")).containsExactly("i2", "i3", "i4");
        add(view("x", NOW, "s2", "a"));
        add(view("y", NOW, "s3", "a"));
        assertThat(catalog().kept().visits()).hasSize(2);
        assertThat(catalog().visit(null, "s")).isEmpty();
        // Three ids are remembered; the first one is forgotten by now.
        add(purchase("p1", NOW, "a", "b"));
        assertThat(count("repeated")).isZero();

        Interaction other =
                new Interaction(
                        "default",
                        "second",
                        "o",
                        NOW,
                        InteractionType.VIEW,
                        "v",
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null);
        add(other);
        assertThat(state.catalogs()).containsOnlyKeys(SHOP);
        assertThat(count("over.catalogs")).isEqualTo(1);
        state.forget(SHOP);
        assertThat(state.catalogs()).isEmpty();
    }

    private CatalogInteractions catalog() {
        return state.catalog(SHOP).orElseThrow();
    }

    private void add(Interaction event) {
        state.add(event, NOW);
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
        return new Interaction(
                "default",
                "shop",
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
