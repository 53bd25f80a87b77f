package dev.vitrine.recommender.training;

import dev.vitrine.recommender.algorithm.Occasion;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherModel;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherParameters;
import dev.vitrine.recommender.algorithm.boughttogether.BoughtTogetherTrainer;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnModel;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnParameters;
import dev.vitrine.recommender.algorithm.sessionknn.SessionKnnTrainer;
import dev.vitrine.recommender.algorithm.trending.TrendingModel;
import dev.vitrine.recommender.algorithm.trending.TrendingParameters;
import dev.vitrine.recommender.algorithm.trending.TrendingTrainer;
import dev.vitrine.recommender.interaction.CatalogInteractions.Kept;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was learned from one catalogue's events. Immutable.
 *
 * @param boughtTogether from baskets
 * @param next from visits
 * @param trending from both
 */
public record CatalogModels(
        BoughtTogetherModel boughtTogether, SessionKnnModel next, TrendingModel trending) {
    /** Nothing is known yet. */
    public static final CatalogModels EMPTY = train(new Kept(List.of(), List.of()));

    static CatalogModels train(Kept kept) {
        List<Occasion> all =
                Stream.concat(kept.baskets().stream(), kept.visits().stream()).toList();
        return new CatalogModels(
                new BoughtTogetherTrainer(BoughtTogetherParameters.DEFAULT).train(kept.baskets()),
                new SessionKnnTrainer(SessionKnnParameters.DEFAULT).train(kept.visits()),
                new TrendingTrainer(TrendingParameters.DEFAULT).train(all));
    }
}
