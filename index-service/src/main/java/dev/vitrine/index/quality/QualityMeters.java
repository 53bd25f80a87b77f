package dev.vitrine.index.quality;

import static java.util.Objects.requireNonNull;

import dev.vitrine.contracts.catalog.CatalogRef;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The gauges of what the watch has seen. One thread changes them. */
public final class QualityMeters {

    /** Comparisons that a recall is the mean of: at .98 the interval is .97 to .987. */
    private static final int WINDOW = 1_000;

    /** Catalogues whose shape is published; each costs two gauges. */
    private static final int CATALOGS_MAX = 100;

    private final Map<Selectivity, RecallWindow> ranges;
    private final Map<Selectivity, RecallWindow> nearest;
    private final MultiGauge dimensions;
    private final MultiGauge hubness;

    /** Registers the gauges of recall. */
    public QualityMeters(MeterRegistry meters) {
        this.ranges = recall(meters, "range");
        this.nearest = recall(meters, "nearest");
        this.dimensions =
                MultiGauge.builder("index.vector.dimension")
                        .description("Local intrinsic dimension of a sample of the rows")
                        .register(meters);
        this.hubness =
                MultiGauge.builder("index.vector.hubness")
                        .description("Skewness of k-occurrence within a sample of the rows")
                        .register(meters);
    }

    private static Map<Selectivity, RecallWindow> recall(MeterRegistry meters, String search) {
        Map<Selectivity, RecallWindow> windows = new EnumMap<>(Selectivity.class);
        for (Selectivity selectivity : Selectivity.values()) {
            RecallWindow window = new RecallWindow(WINDOW);
            windows.put(selectivity, window);
            Tags tags = Tags.of("search", search, "selectivity", selectivity.tag());
            gauge(meters, "index.vector.recall", tags, window, Proportion::share);
            gauge(meters, "index.vector.recall.low", tags, window, Proportion::low);
            gauge(meters, "index.vector.recall.high", tags, window, Proportion::high);
            gauge(meters, "index.vector.recall.queries", tags, window, Proportion::trials);
        }
        return windows;
    }

    private static void gauge(
            MeterRegistry meters,
            String name,
            Tags tags,
            RecallWindow window,
            ToDoubleFunction<Proportion> value) {
        Gauge.builder(name, window, w -> value.applyAsDouble(w.mean()))
                .tags(tags)
                .description("Mean share of the rows to be found that were: 95 % interval, queries")
                .register(meters);
    }

    void compared(Comparison comparison) {
        add(ranges, comparison.selectivity(), comparison.range());
        add(nearest, comparison.selectivity(), comparison.nearest());
    }

    private static void add(
            Map<Selectivity, RecallWindow> windows, Selectivity selectivity, double recall) {
        if (!Double.isNaN(recall)) {
            requireNonNull(windows.get(selectivity)).add(recall);
        }
    }

    /** Publishes the shapes of these catalogues, and no longer those of others. */
    void measured(Map<CatalogRef, VectorShape> shapes) {
        publish(dimensions, shapes, VectorShape::intrinsicDimension);
        publish(hubness, shapes, VectorShape::hubness);
    }

    private static void publish(
            MultiGauge gauge,
            Map<CatalogRef, VectorShape> shapes,
            ToDoubleFunction<VectorShape> value) {
        gauge.register(
                shapes.entrySet().stream()
                        .limit(CATALOGS_MAX)
                        .<MultiGauge.Row<?>>map(each ->
                                MultiGauge.Row.of(
                                        tags(each.getKey()), value.applyAsDouble(each.getValue())))
                        .toList(),
                true);
    }

    private static Tags tags(CatalogRef catalog) {
        return Tags.of("tenant", catalog.tenant(), "catalog", catalog.catalog());
    }
}
