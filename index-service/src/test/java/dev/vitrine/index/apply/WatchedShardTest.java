package dev.vitrine.index.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.index.VectorPlan;
import dev.vitrine.index.execute.PlanExecutor;
import dev.vitrine.index.quality.QualityMeters;
import dev.vitrine.index.quality.ServedSearches;
import dev.vitrine.index.quality.VectorWatch;
import dev.vitrine.index.text.Highlighter;
import dev.vitrine.servicekit.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch over the searches of a real shard. */
class WatchedShardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final ServedSearches served = new ServedSearches();
    private final PlanExecutor executor =
            new PlanExecutor(System::nanoTime, new Highlighter(), served);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void servedSearches_areComparedAndTheCatalogIsMeasured() throws Exception {
        ShardWorld world = new ShardWorld(31, folder);
        world.shard.put(ShardWorld.CATALOG);
        for (int i = 0; i < 80; i++) {
            ProductChanged product = world.change("p" + i);
            world.shard.put(product);
            world.shard.put(
                    ShardWorld.key(product.id()), ShardWorld.embedding(product), () -> false);
        }
        world.shard.publish();
        try (VectorWatch watch =
                new VectorWatch(
                        served,
                        world.shard::vectors,
                        new QualityMeters(meters),
                        System::nanoTime,
                        new Random(1))) {
            watch.start();
            long start = System.nanoTime();
            while (!watched() && System.nanoTime() - start < PATIENCE.toNanos()) {
                search(world.shard);
            }
        }
        // So few rows are searched exactly.
        assertThat(recall("index.vector.recall").value()).isEqualTo(1);
        assertThat(recall("index.vector.recall.queries").value()).isGreaterThanOrEqualTo(1);
        assertThat(
                        meters.get("index.vector.dimension")
                                .tags("tenant", "default", "catalog", "shop")
                                .gauge()
                                .value())
                .isPositive();
        world.shard.close();
    }

    private boolean watched() {
        return recall("index.vector.recall.queries").value() > 0
                && meters.find("index.vector.hubness").gauge() != null;
    }

    private Gauge recall(String name) {
        return meters.get(name).tags("search", "nearest", "selectivity", "all").gauge();
    }

    private void search(Shard shard) {
        SearchPlan plan =
                VectorPlan.of(
                        new float[] {0.5f, 0.5f, 0.5f, 0.5f},
                        false,
                        new ScoringHead("test", 1, 0, 1, 1, 0, 0),
                        new PlanLimits(100_000, 10_000));
        shard.read(
                ShardWorld.REF,
                generation ->
                        executor.execute(
                                plan,
                                generation,
                                Deadline.in(Duration.ofSeconds(10), Clock.systemUTC())));
    }
}
