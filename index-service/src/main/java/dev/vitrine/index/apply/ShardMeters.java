package dev.vitrine.index.apply;

import dev.vitrine.index.execute.Generation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** The metrics of a shard. */
final class ShardMeters {

    private final Timer snapshots;
    private final Counter snapshotFailures;
    private final Counter announcementsLost;
    private final LongSupplier nanoTime;

    ShardMeters(Shard shard, MeterRegistry meters, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        gauge(
                meters,
                shard,
                "index.shard.products",
                "Searchable products",
                g -> g.columns().size());
        gauge(
                meters,
                shard,
                "index.shard.vectors",
                "Rows of the dense leg",
                g -> g.vectors().size());
        Gauge.builder("index.shard.catalogs", shard, s -> s.catalogs().size())
                .description("Catalogues")
                .register(meters);
        Gauge.builder("index.shard.columns", shard, ShardMeters::columns)
                .description("Attribute columns")
                .register(meters);
        Gauge.builder("index.shard.held", shard, Shard::heldCount)
                .description("Vectors that wait for their products")
                .register(meters);
        Gauge.builder("index.shard.generation", shard, s -> s.exclusively(Shard::generation))
                .description("Number of the last generation")
                .register(meters);
        this.snapshots =
                Timer.builder("index.shard.snapshot")
                        .description("Time to take a snapshot")
                        .register(meters);
        this.snapshotFailures =
                Counter.builder("index.shard.snapshot.failures")
                        .description("Snapshots that could not be taken")
                        .register(meters);
        this.announcementsLost =
                Counter.builder("index.shard.announcements.lost")
                        .description("Changes that the broker did not take an event of")
                        .register(meters);
    }

    /** Adds the lag, which is known only once the topics are read. */
    void behind(MeterRegistry meters, ShardLifecycle lifecycle) {
        Gauge.builder("index.shard.behind", lifecycle, ShardLifecycle::behind)
                .description("Records of the state topics that are not applied yet")
                .register(meters);
        Gauge.builder("index.shard.rebuilt", lifecycle.rebuild(), Rebuild::applied)
                .description("Products that came from the writer for want of a snapshot")
                .register(meters);
    }

    void snapshot(Callable<?> snapshot) throws IOException {
        long start = nanoTime.getAsLong();
        try {
            snapshot.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a snapshot throws only these", e);
        }
        snapshots.record(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS);
    }

    void snapshotFailed() {
        snapshotFailures.increment();
    }

    void announcementsLost(int count) {
        announcementsLost.increment(count);
    }

    private static void gauge(
            MeterRegistry meters,
            Shard shard,
            String name,
            String description,
            ToLongFunction<Generation> value) {
        Gauge.builder(
                        name,
                        shard,
                        s ->
                                s.catalogs().stream()
                                        .map(CatalogShard::published)
                                        .filter(published -> published != null)
                                        .mapToLong(p -> value.applyAsLong(p.generation()))
                                        .sum())
                .description(description)
                .register(meters);
    }

    private static double columns(Shard shard) {
        return shard.exclusively(
                locked -> locked.catalogs().stream().mapToInt(CatalogShard::columnCount).sum());
    }
}
