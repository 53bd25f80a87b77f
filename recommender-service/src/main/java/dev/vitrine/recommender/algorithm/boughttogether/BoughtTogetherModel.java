package dev.vitrine.recommender.algorithm.boughttogether;

import dev.vitrine.recommender.algorithm.ItemIndex;
import dev.vitrine.recommender.algorithm.ItemRanker;
import dev.vitrine.recommender.algorithm.ItemScores;
import dev.vitrine.recommender.algorithm.Ranking;
import dev.vitrine.recommender.algorithm.Recommended;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Adds up, over the items of a basket, the weights of what goes with them. Immutable. */
public final class BoughtTogetherModel implements ItemRanker {
    private final ItemIndex index;
    private final Neighbours[] neighbours;

    BoughtTogetherModel(ItemIndex index, Neighbours[] neighbours) {
        this.index = index;
        this.neighbours = neighbours;
    }

    @Override
    public List<Recommended> rank(List<String> context, int limit, Predicate<String> wanted) {
        // Sorted, so that the order of a basket cannot change a sum's last bit.
        int[] basket = Arrays.stream(index.ordinals(context)).sorted().distinct().toArray();
        ItemScores scores = new ItemScores();
        for (int item : basket) {
            Neighbours row = neighbours[item];
            for (int i = 0; i < row.size(); i++) {
                scores.add(row.item(i), row.weight(i), item);
            }
        }
        return Ranking.best(
                index,
                scores.items(),
                scores::sum,
                limit,
                wanted,
                item -> explained(item, scores.sum(item), scores.cause(item)));
    }

    private Recommended explained(int item, double score, int cause) {
        Neighbours row = neighbours[cause];
        int place = row.find(item);
        return new Recommended(
                index.id(item), score, index.id(cause), row.support(place), row.lift(place));
    }
}
