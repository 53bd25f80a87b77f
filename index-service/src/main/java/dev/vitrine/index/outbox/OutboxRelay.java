package dev.vitrine.index.outbox;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.ProductPartitions;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.worker.Worker;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Publishes what {@link Outbox} holds: schemas first, then products, each in its present state.
 *
 * <p>A round reads the longest waiting rows, sends them, waits for the broker, and removes those
 * that it acknowledged and that did not change meanwhile. The next state of a key is read only in a
 * later round, so records of a key are in the order of its versions. A crash between sending and
 * removing sends the same state again, which consumers ignore by its version. One process at a time
 * publishes ({@link RelayLock}).
 */
public final class OutboxRelay extends Worker {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final TypeReference<LinkedHashMap<String, Object>> DOCUMENT =
            new TypeReference<>() {};

    private final Outbox outbox;
    private final RelayLock lock;
    private final EventPublisher publisher;
    private final OutboxProperties properties;
    private final Clock clock;
    private final Counter published;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicReference<@Nullable Instant> oldest = new AtomicReference<>();

    /** Versions that were passed over in the round before, which are told once. */
    private Map<ProductKey, Long> passedOver = Map.of();

    OutboxRelay(
            Outbox outbox,
            RelayLock lock,
            EventPublisher publisher,
            OutboxProperties properties,
            Clock clock,
            MeterRegistry meters) {
        super(
                "outbox-relay",
                properties.pollInterval(),
                properties.backoffMin(),
                properties.backoffMax());
        this.outbox = outbox;
        this.lock = lock;
        this.publisher = publisher;
        this.properties = properties;
        this.clock = clock;
        this.published =
                Counter.builder("index.outbox.published")
                        .description("Records that the broker acknowledged")
                        .register(meters);
        Gauge.builder("index.outbox.pending", pending, AtomicLong::doubleValue)
                .description("Committed products that Kafka has not acknowledged")
                .register(meters);
        Gauge.builder("index.outbox.oldest-age", this, relay -> relay.oldestAge().toMillis() / 1e3)
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    @Override
    public boolean isAutoStartup() {
        return properties.enabled();
    }

    @Override
    protected boolean step() throws Exception {
        try {
            return lock.held() && round();
        } finally {
            sample();
        }
    }

    @Override
    protected void end() {
        try {
            lock.close();
        } catch (SQLException e) {
            log.info("the relay's lock goes with its connection: {}", e.toString());
        }
    }

    /**
     * Sends one batch.
     *
     * @return whether there may be more
     */
    private boolean round() throws InterruptedException, ExecutionException, TimeoutException {
        // Products are read first: a schema that one of them needs was committed before it and is
        // therefore seen by the later read.
        List<PendingProduct> products =
                outbox.nextProducts(properties.batchRows(), properties.batchSize().toBytes());
        for (CatalogChanged catalog : outbox.nextCatalogs()) {
            await(send(catalog));
            outbox.removeCatalog(catalog);
            published.increment();
        }
        if (products.isEmpty()) {
            return false;
        }
        return send(products);
    }

    /** A product and its present state; null for a deletion. */
    private record Event(PendingProduct product, @Nullable ProductChanged state) {}

    /** Whether any product could be sent. */
    private boolean send(List<PendingProduct> products)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Event> events = events(products);
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (Event event : events) {
            CompletableFuture<RecordMetadata> future = send(event);
            sent.add(future);
            if (future.isCompletedExceptionally()) {
                // No broker: each further send would block for as long as this one did.
                break;
            }
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
        try {
            await(all);
        } finally {
            List<PendingProduct> acknowledged = new ArrayList<>(sent.size());
            for (int i = 0; i < sent.size(); i++) {
                if (sent.get(i).state() == CompletableFuture.State.SUCCESS) {
                    acknowledged.add(events.get(i).product());
                }
            }
            if (!acknowledged.isEmpty()) {
                outbox.removeProducts(acknowledged);
                published.increment(acknowledged.size());
            }
        }
        return !events.isEmpty();
    }

    /** Passes over what no event can be made of: it must not keep the others back. */
    private List<Event> events(List<PendingProduct> products) {
        List<Event> events = new ArrayList<>(products.size());
        Map<ProductKey, Long> failed = new HashMap<>();
        for (PendingProduct product : products) {
            String document = product.document();
            try {
                events.add(new Event(product, document == null ? null : event(product, document)));
            } catch (JacksonException e) {
                failed.put(product.key(), product.version());
                if (!Objects.equals(passedOver.get(product.key()), product.version())) {
                    log.error(
                            "version {} of {} cannot be published and waits for its next change",
                            product.version(),
                            product.key().key(),
                            e);
                }
            }
        }
        passedOver = failed;
        return events;
    }

    private CompletableFuture<RecordMetadata> send(CatalogChanged catalog) {
        return publisher.publish(
                Topics.SCHEMAS,
                0,
                catalog.ref().key(),
                EventHeaders.TYPE_CATALOG_CHANGED,
                EventHeaders.JSON,
                WireJson.write(catalog),
                Map.of());
    }

    private CompletableFuture<RecordMetadata> send(Event event) {
        PendingProduct product = event.product();
        ProductChanged state = event.state();
        return publisher.publish(
                Topics.PRODUCTS,
                ProductPartitions.of(product.key()),
                product.key().key(),
                state == null
                        ? EventHeaders.TYPE_PRODUCT_DELETED
                        : EventHeaders.TYPE_PRODUCT_CHANGED,
                EventHeaders.JSON,
                state == null ? null : WireJson.write(state),
                Map.of(EventHeaders.PRODUCT_VERSION, Long.toString(product.version())));
    }

    private static ProductChanged event(PendingProduct product, String document) {
        CatalogRef catalog = product.key().catalog();
        return new ProductChanged(
                catalog.tenant(),
                catalog.catalog(),
                product.key().id(),
                product.version(),
                product.schemaVersion(),
                WireJson.mapper().readValue(document, DOCUMENT),
                product.semanticText(),
                product.semanticHash(),
                product.textHash());
    }

    private void await(CompletableFuture<?> sent)
            throws InterruptedException, ExecutionException, TimeoutException {
        sent.get(properties.acknowledgeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks what waits, above all after a failed round, when somebody wants to know. */
    private void sample() {
        try {
            oldest.set(outbox.oldest().orElse(null));
            pending.set(oldest.get() == null ? 0 : outbox.pending());
        } catch (DataAccessException | TransactionException e) {
            log.debug("the gauges keep their last values", e);
        }
    }

    private Duration oldestAge() {
        Instant since = oldest.get();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
