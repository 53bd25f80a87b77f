package dev.vitrine.recommender.algorithm.sessionknn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.Recommended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionKnnTest {
    private static final SessionKnnParameters PLAIN =
            new SessionKnnParameters(1_000, 20, 100, 10, 0, 0, 0, 0);

    private final List<Occasion> visits = new ArrayList<>();

    @Test
    void rank_threeVisits_equalsTheVotesWorkedByHand() {
        visit("a", "b", "x");
        visit("a", "y");
        visit("z", "w");
        // Query a, b: weights 1/2 and 1. First visit: 1.5, last shared b, 0 steps back: * 0.9.
        // Second: 0.5, last shared a, 1 step back: * 0.8.
        List<Recommended> ranked = train(PLAIN).rank(List.of("a", "b"), 10, id -> id.length() == 1);
        Map<String, Double> scores = new HashMap<>();
        ranked.forEach(item -> scores.put(item.id(), item.score()));
        assertThat(scores).containsOnlyKeys("a", "b", "x", "y");
        assertThat(scores.get("x")).isCloseTo(1.5 * 0.9, within(1e-9));
        assertThat(scores.get("y")).isCloseTo(0.5 * 0.8, within(1e-9));
        assertThat(scores.get("a")).isCloseTo(1.5 * 0.9 + 0.5 * 0.8, within(1e-9));
        assertThat(ranked.getFirst().id()).isEqualTo("a");
        assertThat(ranked.getFirst().support()).isEqualTo(2);
    }

    @Test
    void rank_randomVisits_equalsTheNaiveVote() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            visit(
                    IntStream.range(0, 2 + random.nextInt(6))
                            .mapToObj(step -> "i" + random.nextInt(40))
                            .toArray(String[]::new));
        }
        SessionKnnModel model = train(new SessionKnnParameters(300, 20, 300, 300, 0, 0, 0, 0));
        for (int i = 0; i < 50; i++) {
            List<String> query =
                    IntStream.range(0, 1 + random.nextInt(5))
                            .mapToObj(step -> "i" + random.nextInt(45))
                            .toList();
            Map<String, Double> naive = naive(query);
            List<Recommended> ranked = model.rank(query, 100, id -> true);
            assertThat(ranked).hasSize(naive.size());
            ranked.forEach(
                    item -> assertThat(item.score()).isCloseTo(naive.get(item.id()), within(1e-9)));
        }
    }

    @Test
    void rank_commonItemsDamped_scoresFallWithTheRank() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            visit("a", "i" + random.nextInt(3), "i" + random.nextInt(40));
        }
        List<Recommended> ranked =
                train(SessionKnnParameters.DEFAULT).rank(List.of("a"), 20, id -> true);
        assertThat(ranked)
                .hasSize(20)
                .isSortedAccordingTo(Comparator.comparingDouble(Recommended::score).reversed());
    }

    @Test
    void rank_moreVisitsThanTheSample_asksTheLatest() {
        for (int i = 0; i < 10; i++) {
            visit("a", "old" + i);
        }
        visit("a", "new1");
        visit("a", "new2");
        SessionKnnParameters small = new SessionKnnParameters(1_000, 20, 2, 10, 0, 0, 0, 0);
        assertThat(train(small).rank(List.of("a"), 9, id -> !id.equals("a")))
                .extracting(Recommended::id)
                .containsExactly("new1", "new2");
    }

    @Test
    void rank_tenThousandItems_countsTheLast() {
        visit("a", "x");
        visit("b", "y");
        List<String> session = new ArrayList<>(Collections.nCopies(10_000, "a"));
        session.addAll(Collections.nCopies(20, "b"));
        assertThat(train(PLAIN).rank(session, 9, id -> true))
                .extracting(Recommended::id)
                .containsExactly("b", "y");
    }

    @Test
    void train_anyOrderOfArrival_givesTheSameModel() {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            visit("i" + random.nextInt(9), "i" + random.nextInt(9), "i" + random.nextInt(9));
        }
        List<Recommended> ranked =
                train(SessionKnnParameters.DEFAULT).rank(List.of("i1", "i2"), 9, id -> true);
        Collections.shuffle(visits, random);
        assertThat(train(SessionKnnParameters.DEFAULT).rank(List.of("i1", "i2"), 9, id -> true))
                .isEqualTo(ranked);
    }

    @Test
    void rank_nothingKnown_isEmpty() {
        assertThat(train(PLAIN).rank(List.of("a"), 9, id -> true)).isEmpty();
        visit("a", "b");
        assertThat(train(PLAIN).rank(List.of(), 9, id -> true)).isEmpty();
        assertThat(train(PLAIN).rank(List.of("new"), 9, id -> true)).isEmpty();
    }

    private Map<String, Double> naive(List<String> query) {
        Map<String, Double> scores = new HashMap<>();
        for (Occasion visit : visits) {
            Set<String> items = new HashSet<>(visit.items());
            double likeness = 0;
            int last = 0;
            for (String item : new HashSet<>(query)) {
                if (items.contains(item)) {
                    int place = query.lastIndexOf(item) + 1;
                    likeness += place / (double) query.size();
                    last = Math.max(last, place);
                }
            }
            double vote = likeness * Math.max(0, 1 - (query.size() - last + 1) / 10.0);
            if (vote > 0) {
                items.forEach(item -> scores.merge(item, vote, Double::sum));
            }
        }
        return scores;
    }

    private SessionKnnModel train(SessionKnnParameters parameters) {
        return new SessionKnnTrainer(parameters).train(visits);
    }

    private void visit(String... items) {
        visits.add(
                new Occasion(
                        "visit " + visits.size(),
                        Instant.EPOCH.plusSeconds(visits.size()),
                        List.of(items)));
    }
}
