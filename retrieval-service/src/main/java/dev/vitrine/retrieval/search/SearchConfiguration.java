package dev.vitrine.retrieval.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.retrieval.plan.HeadProperties;
import dev.vitrine.retrieval.plan.PlanProperties;
import dev.vitrine.retrieval.plan.SearchPlanner;
import dev.vitrine.retrieval.query.EmbeddingProperties;
import dev.vitrine.retrieval.query.QueryEmbedder;
import dev.vitrine.retrieval.query.QueryUnderstanding;
import dev.vitrine.retrieval.query.QueryVector;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.Dependency;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ServiceConnections;
import dev.vitrine.servicekit.ServiceHttp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.util.UUID;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the search from the outside in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EmbeddingProperties.class,
    ShardProperties.class,
    PlanProperties.class,
    HeadProperties.class
})
class SearchConfiguration {

    @Bean
    SearchController searchController(SearchPipeline pipeline, MeterRegistry meters) {
        return new SearchController(pipeline, new SearchRequestReader(), meters);
    }

    @Bean
    SearchPipeline searchPipeline(
            CatalogDirectory catalogs,
            QueryEmbedder embedder,
            Shard shard,
            PlanProperties plan,
            HeadProperties head,
            Clock clock) {
        return new SearchPipeline(
                catalogs,
                new QueryUnderstanding(),
                embedder,
                new SearchPlanner(plan, head),
                shard,
                () -> UUID.randomUUID().toString().replace("-", ""),
                clock);
    }

    @Bean
    QueryEmbedder queryEmbedder(
            EmbeddingProperties settings,
            CloseableHttpClient http,
            Dependency embeddingDependency,
            MeterRegistry meters) {
        Cache<String, QueryVector> cache =
                Caffeine.newBuilder()
                        .maximumSize(settings.cacheSize())
                        .expireAfterWrite(settings.cacheFor())
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, cache, "retrieval.query-vectors");
        return new QueryEmbedder(
                new InternalClient(ServiceHttp.at(http, settings.uri()), embeddingDependency),
                cache,
                settings.deadlineShare());
    }

    @Bean
    Shard shard(ShardProperties settings, CloseableHttpClient http, Dependency indexDependency) {
        return new Shard(
                new InternalClient(ServiceHttp.at(http, settings.uri()), indexDependency),
                settings.retryAfter());
    }

    @Bean
    Dependency embeddingDependency(EmbeddingProperties settings, MeterRegistry meters) {
        return new Dependency("embedding", settings.dependency(), meters);
    }

    @Bean
    Dependency indexDependency(ShardProperties settings, MeterRegistry meters) {
        return new Dependency("index", settings.dependency(), meters);
    }

    /**
     * The bulkheads bound the calls; the pool must never be the narrower bound (its default is 5).
     */
    @Bean
    CloseableHttpClient serviceConnections(
            HttpClientSettings http, EmbeddingProperties embedding, ShardProperties index) {
        int perService =
                Math.max(embedding.dependency().concurrency(), index.dependency().concurrency());
        return ServiceConnections.client(http, perService, 2);
    }
}
