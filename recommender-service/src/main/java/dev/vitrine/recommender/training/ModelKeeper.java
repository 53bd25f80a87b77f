package dev.vitrine.recommender.training;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.recommender.interaction.CatalogInteractions;
import dev.vitrine.recommender.interaction.CatalogInteractions.Kept;
import dev.vitrine.recommender.interaction.InteractionFollower;
import dev.vitrine.recommender.interaction.InteractionState;
import dev.vitrine.servicekit.CatalogDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the models of a catalogue again when events have come, on one thread of its own. A
 * training is followed by a pause of nine times its length, so it takes a tenth of one core at
 * most.
 */
public final class ModelKeeper implements AutoCloseable {
    /**
     * What was learned.
     *
     * @param changes how far, of each name that the catalogue has
     */
    private record Trained(CatalogModels models, Map<CatalogRef, Long> changes) {}

    private static final Logger log = LoggerFactory.getLogger(ModelKeeper.class);
    private static final int PAUSE_PER_TRAINING = 9;

    private final InteractionState state;
    private final CatalogDirectory directory;
    private final InteractionFollower reader;
    private final Duration interval;
    private final Timer trainings;
    private final Counter failures;
    private final Map<CatalogRef, Trained> trained = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Thread thread;

    ModelKeeper(
            InteractionState state,
            CatalogDirectory directory,
            InteractionFollower reader,
            TrainingProperties properties,
            MeterRegistry meters) {
        this.state = state;
        this.directory = directory;
        this.reader = reader;
        this.interval = properties.interval();
        this.trainings =
                Timer.builder("recommender.training").description("Trainings").register(meters);
        this.failures =
                Counter.builder("recommender.training.failures")
                        .description("Trainings that failed")
                        .register(meters);
        this.thread =
                Thread.ofPlatform().name("recommender-training").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What is known of a catalogue. */
    public CatalogModels models(CatalogRef catalog) {
        Trained known = trained.get(catalog);
        return known == null ? CatalogModels.EMPTY : known.models();
    }

    /** Whether the events that existed at the start have been learned from. */
    boolean ready() {
        return first.getCount() == 0;
    }

    /** Events that models have not learned from. */
    long behind() {
        return byCatalog().entrySet().stream()
                .mapToLong(catalog ->
                        sum(changes(catalog.getValue())) - sum(learned(catalog.getKey())))
                .sum();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = Duration.ofMillis(50);
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                // While old events stream in, each training would be thrown away by the next.
                if (reader.ready()) {
                    long start = System.nanoTime();
                    trainChanged();
                    first.countDown();
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    Duration rest = took.multipliedBy(PAUSE_PER_TRAINING);
                    pause = rest.compareTo(interval) > 0 ? rest : interval;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trainChanged() {
        Map<CatalogRef, Map<CatalogRef, CatalogInteractions>> catalogs = byCatalog();
        trained.keySet().retainAll(catalogs.keySet());
        catalogs.forEach((ref, names) -> {
            Map<CatalogRef, Long> changes = changes(names);
            if (!changes.equals(learned(ref))) {
                try {
                    trainings.record(() ->
                            trained.put(
                                    ref,
                                    new Trained(
                                            CatalogModels.train(Kept.of(names.values())),
                                            changes)));
                } catch (RuntimeException e) {
                    failures.increment();
                    log.error("models of {} could not be trained; the old ones stay", ref.key(), e);
                }
            }
        });
    }

    /** Of each catalogue, the names that events were sent to: its own, and its aliases of now. */
    private Map<CatalogRef, Map<CatalogRef, CatalogInteractions>> byCatalog() {
        Map<CatalogRef, Map<CatalogRef, CatalogInteractions>> catalogs = new HashMap<>();
        state.catalogs()
                .forEach((name, interactions) ->
                        catalogs.computeIfAbsent(
                                        directory.resolve(name), catalog -> new HashMap<>())
                                .put(name, interactions));
        return catalogs;
    }

    private Map<CatalogRef, Long> learned(CatalogRef catalog) {
        Trained known = trained.get(catalog);
        return known == null ? Map.of() : known.changes();
    }

    private static Map<CatalogRef, Long> changes(Map<CatalogRef, CatalogInteractions> names) {
        Map<CatalogRef, Long> changes = new HashMap<>();
        names.forEach((name, interactions) -> changes.put(name, interactions.changes()));
        return changes;
    }

    private static long sum(Map<CatalogRef, Long> changes) {
        return changes.values().stream().mapToLong(Long::longValue).sum();
    }
}
