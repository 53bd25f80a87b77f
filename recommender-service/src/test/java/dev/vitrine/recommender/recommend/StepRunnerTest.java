package dev.vitrine.recommender.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.recommendation.Recommendations.Item;
import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherTrainer;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnParameters;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnTrainer;
import dev.vitrine.recommender.algorithm.similar.SimilarProperties;
import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.algorithm.trending.TrendingParameters;
import dev.vitrine.recommender.algorithm.trending.TrendingTrainer;
import dev.vitrine.recommender.catalog.CatalogRecords;
import dev.vitrine.recommender.training.CatalogModels;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten products, from p0 on less and less like the one asked about, all of one category. */
class StepRunnerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Deadline FAR = Deadline.in(Duration.ofSeconds(10), CLOCK);
    private static final Deadline OVER = Deadline.in(Duration.ZERO, CLOCK);

    private static final CatalogSchema SCHEMA =
            WireJson.mapper()
                    .readValue(
                            """
                            {"fields":[
                             {"name":"title","type":"text","weight":3,"role":"title"},
                             {"name":"kind","type":"keyword","role":"category"}]}
                            """,
                            CatalogSchema.class);

    private final CatalogRecords records = new CatalogRecords(100);

    @BeforeEach
    void fill() {
        product("asked", 0);
        for (int i = 0; i < 10; i++) {
            product("p" + i, (i + 1) / 10.0);
        }
    }

    @Test
    void similar_nearestTakenOrHidden_givesTheNextOnes() {
        Set<String> taken = Set.of("p1", "p2", "p3", "p4");
        assertThat(
                        runner(FAR, Set.of("asked", "p0"), "asked")
                                .run(Step.SIMILAR, 3, id -> !taken.contains(id)))
                .extracting(Item::id)
                .containsExactly("p5", "p6", "p7");
    }

    @Test
    void similar_fullByTheFirst_doesNotLookForMore() {
        Deadline oneLook = new Deadline(Instant.EPOCH.plusSeconds(1), new ClockOfOneLook());
        assertThat(
                        runner(oneLook, Set.of("asked", "p9"), "p9", "asked")
                                .run(Step.SIMILAR, 2, id -> true))
                .extracting(Item::id)
                .containsExactly("p0", "p1");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void run_deadlineOver_looksAtNoProduct(Step step) {
        List<String> lookedAt = new ArrayList<>();
        assertThat(runner(OVER, Set.of(), "asked").run(step, 3, lookedAt::add)).isEmpty();
        assertThat(lookedAt).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void run_eachStep_givesTheBestFirst(Step step) {
        List<Item> items = runner(FAR, Set.of("asked"), "asked").run(step, 9, id -> true);
        assertThat(items).isNotEmpty();
        assertThat(items).isSortedAccordingTo(Comparator.comparingDouble(Item::score).reversed());
    }

    @Test
    void inCategory_firstWhatRisesThenWhatIsPopular_eachUnderItsName() {
        StepRunner runner = runner(FAR, Set.of("asked"), "asked");
        assertThat(runner.run(Step.TRENDING_IN_CATEGORY, 9, id -> true))
                .extracting(Item::id, Item::step)
                .containsExactly(
                        tuple("p2", "trending-in-category"), tuple("p5", "trending-in-category"));
        List<Item> popular = runner.run(Step.POPULAR_IN_CATEGORY, 9, id -> !id.equals("p2"));
        assertThat(popular)
                .extracting(Item::id, Item::step)
                .containsExactly(
                        tuple("p0", "popular"),
                        tuple("p1", "popular"),
                        tuple("p3", "popular"),
                        tuple("p4", "popular"),
                        tuple("p5", "popular"));
        assertThat(popular)
                .extracting(Item::score)
                .isEqualTo(
                        runner.run(Step.POPULAR, 9, id -> !id.equals("p2")).stream()
                                .map(Item::score)
                                .toList());
    }

    private StepRunner runner(Deadline deadline, Set<String> hidden, String... context) {
        return new StepRunner(
                models(),
                new SimilarSearch(new SimilarProperties(100)),
                new Shelf(records.view(), SCHEMA, null, hidden),
                List.of(context),
                deadline);
    }

    /** Steady demand for p0 and p1, which are wanted with the one asked about, a new one for p2. */
    private static CatalogModels models() {
        List<Occasion> occasions = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            for (int i = 0; i < 5; i++) {
                add(occasions, day, "asked", "p0");
                add(occasions, day, "p1", "p0", "asked");
                add(occasions, day, "p3", "p4");
            }
            if (day > 56) {
                for (int i = 0; i < 5; i++) {
                    add(occasions, day, "p2", "p5");
                }
            }
        }
        return new CatalogModels(
                new BoughtTogetherTrainer(BoughtTogetherParameters.DEFAULT).train(occasions),
                new SessionKnnTrainer(SessionKnnParameters.DEFAULT).train(occasions),
                new TrendingTrainer(TrendingParameters.DEFAULT).train(occasions));
    }

    private static void add(List<Occasion> occasions, int day, String... items) {
        occasions.add(
                new Occasion(
                        Integer.toString(occasions.size()),
                        Instant.EPOCH.plus(Duration.ofDays(day)),
                        List.of(items)));
    }

    private void product(String id, double angle) {
        String text = "text of " + id;
        records.product(id, 1, Map.of("title", "Title " + id, "kind", "k"), text)
                .vector(id, "m", text, (float) Math.cos(angle), (float) Math.sin(angle));
    }

    /** A minute passes after the first look. */
    private static final class ClockOfOneLook extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            Instant seen = now;
            now = now.plusSeconds(60);
            return seen;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for a zone");
        }
    }
}
