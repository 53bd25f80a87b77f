package dev.vitrine.gateway.search;

import dev.vitrine.gateway.client.Services;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the searches. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
class SearchConfiguration {

    @Bean
    SearchController searchController(Services services, SearchProperties settings, Clock clock) {
        Searcher searcher = new Searcher(services, settings, clock);
        return new SearchController(
                searcher, new MultiSearch(searcher, settings.multiMax()), settings.maxAge());
    }
}
