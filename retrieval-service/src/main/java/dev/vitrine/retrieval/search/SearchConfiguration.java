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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

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
            RestClient.Builder http,
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
                new InternalClient(http.build(), settings.uri().toString(), embeddingDependency),
                cache,
                settings.deadlineShare());
    }

    @Bean
    Shard shard(ShardProperties settings, RestClient.Builder http, Dependency indexDependency) {
        return new Shard(
                new InternalClient(http.build(), settings.uri().toString(), indexDependency),
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
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>
            connectionPool(EmbeddingProperties embedding, ShardProperties index) {
        int perRoute =
                Math.max(embedding.dependency().concurrency(), index.dependency().concurrency());
        return ServiceConnections.pool(perRoute, 2);
    }
}
