package dev.vitrine.recommender.algorithm.sessionknn;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.ItemScores;
import dev.vitrine.recommender.algorithm.Ranking;
import dev.vitrine.recommender.algorithm.Recommended;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;

/** Lets the visits most like the present one vote for what comes next (V-SKNN). Immutable. */
public final class SessionKnnModel implements ItemRanker {
    /*
     * Visits are numbered by time, and each item has the ascending list of its latest visits. One
     * merge from the ends of the lists of the query's items yields the visits newest first, each
     * with all items it shares one after the other; so the latest `sample` of them are compared
     * without a table. Likeness is the sum over shared items of
     *
     *     (place in the query / length) * idf ^ rarity
     *
     * over |visit| ^ lengthNorm, faded by age. The `neighbours` most alike vote for all their items
     * with likeness * (1 - (d + 1) / 10), d steps from the end of the query to the latest item that
     * is shared: what was looked at long ago says little about the next step.
     */
    private static final int VOTING_STEPS = 10;

    private record Neighbour(int visit, double likeness, int lastPlace) {}

    /** The query's item with the list of its visits and how far the merge has come in it. */
    private static final class Cursor {
        private final int place;
        private final double weight;
        private final int[] visits;
        private int next;

        Cursor(int place, double weight, int[] visits) {
            this.place = place;
            this.weight = weight;
            this.visits = visits;
            this.next = visits.length - 1;
        }

        int visit() {
            return visits[next];
        }
    }

    private static final Comparator<Cursor> NEWEST_FIRST =
            Comparator.comparingInt(Cursor::visit)
                    .reversed()
                    .thenComparingInt(cursor -> cursor.place);

    private static final Comparator<Neighbour> LEAST_ALIKE_FIRST =
            Comparator.comparingDouble(Neighbour::likeness).thenComparingInt(Neighbour::visit);

    private final SessionKnnParameters parameters;
    private final ItemIndex index;
    private final int[][] rows;
    private final int[][] visitsOf;
    private final double[] inverseFrequency;

    SessionKnnModel(
            SessionKnnParameters parameters,
            ItemIndex index,
            int[][] rows,
            int[][] visitsOf,
            double[] inverseFrequency) {
        this.parameters = parameters;
        this.index = index;
        this.rows = rows;
        this.visitsOf = visitsOf;
        this.inverseFrequency = inverseFrequency;
    }

    @Override
    public List<Recommended> rank(List<String> context, int limit, Predicate<String> wanted) {
        List<String> last =
                context.subList(
                        Math.max(0, context.size() - parameters.itemsMax()), context.size());
        ItemScores scores = new ItemScores();
        for (Neighbour neighbour : neighbours(last)) {
            int steps = last.size() - neighbour.lastPlace();
            double vote =
                    neighbour.likeness() * Math.max(0, 1 - (steps + 1) / (double) VOTING_STEPS);
            if (vote > 0) {
                int cause = index.ordinal(last.get(neighbour.lastPlace() - 1));
                for (int item : rows[neighbour.visit()]) {
                    scores.add(item, vote, cause);
                }
            }
        }
        IntToDoubleFunction damped =
                item ->
                        scores.sum(item)
                                * Math.pow(inverseFrequency[item], parameters.popularityDamping());
        return Ranking.best(
                index,
                scores.items(),
                damped,
                limit,
                wanted,
                item ->
                        new Recommended(
                                index.id(item),
                                damped.applyAsDouble(item),
                                index.id(scores.cause(item)),
                                scores.count(item),
                                Double.NaN));
    }

    /** Most alike first; equal ones newest first. */
    private List<Neighbour> neighbours(List<String> context) {
        PriorityQueue<Cursor> cursors = cursors(context);
        PriorityQueue<Neighbour> best = new PriorityQueue<>(LEAST_ALIKE_FIRST);
        for (int compared = 0; compared < parameters.sample() && !cursors.isEmpty(); compared++) {
            int visit = cursors.element().visit();
            double likeness = 0;
            int lastPlace = 0;
            for (Cursor cursor = cursors.peek();
                    cursor != null && cursor.visit() == visit;
                    cursor = cursors.peek()) {
                likeness += cursor.weight;
                lastPlace = Math.max(lastPlace, cursor.place);
                cursors.remove();
                if (--cursor.next >= 0) {
                    cursors.add(cursor);
                }
            }
            best.add(new Neighbour(visit, likeness * discount(visit), lastPlace));
            if (best.size() > parameters.neighbours()) {
                best.remove();
            }
        }
        List<Neighbour> neighbours = new ArrayList<>(best);
        neighbours.sort(LEAST_ALIKE_FIRST.reversed());
        return neighbours;
    }

    /** A known item counts at its last place. */
    private PriorityQueue<Cursor> cursors(List<String> context) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(NEWEST_FIRST);
        for (int place = context.size(); place > 0; place--) {
            String id = context.get(place - 1);
            int item = index.ordinal(id);
            boolean later = context.subList(place, context.size()).contains(id);
            if (item >= 0 && !later && visitsOf[item].length > 0) {
                double weight =
                        (double) place
                                / context.size()
                                * Math.pow(inverseFrequency[item], parameters.rarity());
                cursors.add(new Cursor(place, weight, visitsOf[item]));
            }
        }
        return cursors;
    }

    private double discount(int visit) {
        double newer = (rows.length - 1 - visit) / (double) rows.length;
        return Math.exp(-parameters.recency() * newer)
                / Math.pow(rows[visit].length, parameters.lengthNorm());
    }
}
