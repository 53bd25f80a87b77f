package dev.vitrine.recommender.recommend;

import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.catalog.CatalogReader;
import dev.vitrine.recommender.catalog.CatalogState;
import dev.vitrine.recommender.interaction.InteractionState;
import dev.vitrine.recommender.training.ModelKeeper;
import dev.vitrine.servicekit.CatalogDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RecommendConfiguration {

    @Bean
    SimilarRecommender similarRecommender(
            CatalogDirectory directory,
            CatalogState state,
            CatalogReader reader,
            SimilarSearch search) {
        return new SimilarRecommender(directory, state, reader, search);
    }

    @Bean
    Recommender recommender(
            CatalogDirectory directory,
            CatalogState state,
            CatalogReader reader,
            InteractionState interactions,
            ModelKeeper models,
            SimilarSearch search) {
        return new Recommender(directory, state, reader, interactions, models, search);
    }
}
