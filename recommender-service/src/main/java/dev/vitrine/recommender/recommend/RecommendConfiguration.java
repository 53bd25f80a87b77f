package dev.vitrine.recommender.recommend;

import dev.vitrine.recommender.algorithm.similar.SimilarSearch;
import dev.vitrine.recommender.catalog.CatalogReader;
import dev.vitrine.recommender.catalog.CatalogState;
import dev.vitrine.servicekit.CatalogDirectory;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
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

    /** Product ids may hold slashes; in a path they come as %2F. */
    @Bean
    TomcatConnectorCustomizer slashesInIds() {
        return connector ->
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    }
}
