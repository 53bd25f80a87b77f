package dev.vitrine.index.apply;

import dev.vitrine.index.execute.PlanExecutor;
import dev.vitrine.index.quality.QualityMeters;
import dev.vitrine.index.quality.ServedSearches;
import dev.vitrine.index.quality.VectorWatch;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.index.snapshot.SnapshotStore;
import dev.vitrine.index.text.Highlighter;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.KafkaConnection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the shard role: {@code index.roles} must hold {@code shard}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SHARD)
@EnableConfigurationProperties({ShardProperties.class, RebuildProperties.class})
class ShardConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ShardConfiguration.class);

    @Bean
    SnapshotStore snapshotStore(ShardProperties properties) {
        return new SnapshotStore(properties.directory());
    }

    @Bean(destroyMethod = "") // the life cycle closes it
    Shard shard(ShardProperties properties, SnapshotStore store) {
        return new Shard(properties, store, System::nanoTime);
    }

    @Bean
    ShardMeters shardMeters(Shard shard, MeterRegistry meters) {
        return new ShardMeters(shard, meters, System::nanoTime);
    }

    @Bean
    WriterAddress writerAddress(
            RebuildProperties rebuilding,
            @Value("${server.address:127.0.0.1}") String boundAddress) {
        return new WriterAddress(rebuilding.writer(), boundAddress);
    }

    @Bean
    Rebuild rebuild(
            Shard shard,
            CatalogDirectory directory,
            ShardProperties properties,
            RebuildProperties rebuilding,
            WriterAddress writer,
            Environment environment,
            Clock clock) {
        return new Rebuild(
                shard,
                new WriterState(rebuilding.silence()),
                rebuilding.writer() != null || Role.of(environment).contains(Role.WRITER),
                writer,
                directory,
                properties,
                rebuilding,
                clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ShardLifecycle shardLifecycle(
            Shard shard,
            SnapshotStore store,
            ShardProperties properties,
            Rebuild rebuild,
            CatalogDirectory directory,
            DeadLetters deadLetters,
            EventPublisher events,
            ShardMeters shardMeters,
            MeterRegistry meters,
            Clock clock,
            KafkaConnection kafka) {
        ShardLifecycle lifecycle =
                new ShardLifecycle(
                        shard,
                        new TopicApplier(shard, directory, deadLetters, properties, clock),
                        new SnapshotKeeper(shard, store, properties),
                        new SnapshotAge(kafka, clock),
                        rebuild,
                        directory,
                        events,
                        properties,
                        shardMeters,
                        kafka,
                        clock);
        shardMeters.behind(meters, lifecycle);
        return lifecycle;
    }

    /** Readiness follows the runners: none is ready before it has read what was there. */
    @Bean
    ApplicationRunner shardCatchUp(ShardLifecycle lifecycle, ShardProperties properties) {
        return arguments -> {
            if (!lifecycle.awaitCaughtUp(properties.readyWait())) {
                log.warn(
                        "nothing was read for {}: searches are answered from what is there, {}"
                                + " records behind",
                        properties.readyWait(),
                        lifecycle.behind());
            }
        };
    }

    @Bean
    ShardHealth shardHealthIndicator(Shard shard, ShardLifecycle lifecycle) {
        return new ShardHealth(shard, lifecycle);
    }

    @Bean
    Highlighter highlighter() {
        return new Highlighter();
    }

    @Bean
    ServedSearches servedSearches() {
        return new ServedSearches();
    }

    @Bean
    PlanExecutor planExecutor(Highlighter highlighter, ServedSearches served) {
        return new PlanExecutor(System::nanoTime, highlighter, served);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    VectorWatch vectorWatch(ServedSearches served, Shard shard, MeterRegistry meters) {
        return new VectorWatch(
                served, shard::vectors, new QualityMeters(meters), System::nanoTime, new Random());
    }
}
