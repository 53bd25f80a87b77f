package dev.vitrine.gateway.search;

import dev.vitrine.gateway.alias.CatalogNames;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.gateway.event.ServedLog;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the searches. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
class SearchConfiguration {

    @Bean
    SearchController searchController(
            Services services,
            CatalogNames names,
            SearchProperties settings,
            ServedLog served,
            Clock clock) {
        Searcher searcher = new Searcher(services, settings, served, clock);
        return new SearchController(
                searcher, new MultiSearch(searcher, names, settings.multiMax()), settings.maxAge());
    }
}
