package dev.vitrine.index.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.kernels.engine.VectorSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class VectorWatchTest {

    private static final CatalogRef REF = new CatalogRef("default", "shop");
    private static final int ROWS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServedSearches served = new ServedSearches();
    private final VectorSearch exact = Rows.of(ROWS);

    @Test
    void running_takesWhatIsServedAndMeasuresTheCatalog() throws InterruptedException {
        // The thread asks for the catalogues once a step, after the comparison of the step.
        CountDownLatch steps = new CountDownLatch(3);
        Supplier<Map<CatalogRef, VectorSearch>> catalogs =
                () -> {
                    steps.countDown();
                    return Map.of(REF, exact);
                };
        boolean done;
        try (VectorWatch watch =
                new VectorWatch(
                        served,
                        catalogs,
                        new QualityMeters(meters),
                        System::nanoTime,
                        new Random(1))) {
            watch.start();
            long start = System.nanoTime();
            do {
                served.offer(() -> Rows.served(exact, Rows.vector(new Random(5)), ROWS));
                done = steps.await(10, TimeUnit.MILLISECONDS);
            } while (!done && System.nanoTime() - start < PATIENCE.toNanos());
        }
        assertThat(done).isTrue();
        assertThat(
                        meters.get("index.vector.recall.queries")
                                .tags("search", "range", "selectivity", "all")
                                .gauge()
                                .value())
                .isGreaterThanOrEqualTo(1);
        assertThat(meters.get("index.vector.dimension").tag("catalog", "shop").gauge().value())
                .isBetween(3.0, 8.0);
    }

    @Test
    void catalog_isMeasuredAgainOnlyWhenItHasChanged() {
        Map<CatalogRef, VectorSearch> catalogs = new HashMap<>(Map.of(REF, exact));
        VectorWatch watch = watch(() -> catalogs);
        watch.measure();
        double dimension = meters.get("index.vector.dimension").gauge().value();
        catalogs.put(REF, Rows.of(ROWS - ROWS / 20));
        watch.measure();
        assertThat(meters.get("index.vector.dimension").gauge().value()).isEqualTo(dimension);
        catalogs.put(REF, Rows.of(ROWS / 2));
        watch.measure();
        assertThat(meters.get("index.vector.dimension").gauge().value()).isNotEqualTo(dimension);
    }

    @Test
    void deletedCatalog_hasNoGauges() {
        Map<CatalogRef, VectorSearch> catalogs = new HashMap<>(Map.of(REF, exact));
        VectorWatch watch = watch(() -> catalogs);
        watch.measure();
        assertThat(meters.find("index.vector.hubness").gauge()).isNotNull();
        catalogs.clear();
        watch.measure();
        assertThat(meters.find("index.vector.hubness").gauge()).isNull();
        assertThat(meters.find("index.vector.dimension").gauge()).isNull();
        catalogs.put(REF, exact);
        watch.measure();
        assertThat(meters.get("index.vector.dimension").gauge().value()).isBetween(3.0, 8.0);
    }

    @Test
    void memoryThatRunsOut_doesNotEndTheWatch() throws InterruptedException {
        CountDownLatch steps = new CountDownLatch(2);
        Supplier<Map<CatalogRef, VectorSearch>> catalogs =
                () -> {
                    steps.countDown();
                    if (steps.getCount() == 1) {
                        throw new OutOfMemoryError("Cannot reserve direct buffer memory");
                    }
                    return Map.of();
                };
        try (VectorWatch watch = watch(catalogs)) {
            watch.start();
            assertThat(steps.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private VectorWatch watch(Supplier<Map<CatalogRef, VectorSearch>> catalogs) {
        return new VectorWatch(
                served, catalogs, new QualityMeters(meters), System::nanoTime, new Random(1));
    }
}
