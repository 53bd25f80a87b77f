package dev.vitrine.recommender.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.kernels.engine.VectorEngine;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * All catalogues. Records are applied by one thread at a time; views are for all threads.
 *
 * <p>A record that cannot be used is logged and counted, not sent to the dead letters: this service
 * reads the topics from the beginning at each start and would send it again each time.
 */
public final class CatalogState {

    private static final Logger log = LoggerFactory.getLogger(CatalogState.class);

    private final int productsMax;
    private final Map<CatalogRef, CatalogProducts> catalogs = new ConcurrentHashMap<>();
    private final Counter unusable;
    private final AtomicLong changes = new AtomicLong();

    CatalogState(CatalogProperties properties, MeterRegistry meters) {
        this.productsMax = properties.productsMax();
        this.unusable =
                Counter.builder("recommender.catalog.unusable")
                        .description("Records that could not be used")
                        .register(meters);
        Gauge.builder(
                        "recommender.catalog.products",
                        catalogs,
                        all -> all.values().stream().mapToInt(CatalogProducts::productCount).sum())
                .description("Products in memory")
                .register(meters);
    }

    /** A catalogue at this moment; empty as long as there is nothing of it. */
    public Optional<CatalogView> view(CatalogRef catalog) {
        return Optional.ofNullable(catalogs.get(catalog)).map(CatalogProducts::view);
    }

    /** Applies records, in order for each key, and makes them visible. */
    synchronized void apply(Iterable<ConsumerRecord<String, byte[]>> batch) {
        Set<CatalogProducts> changed = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                CatalogProducts catalog = apply(record);
                if (catalog != null) {
                    changed.add(catalog);
                }
            } catch (JacksonException | IllegalArgumentException e) {
                unusable.increment();
                log.warn(
                        "{}-{}@{} cannot be used: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
        changed.forEach(CatalogProducts::publish);
        changes.addAndGet(changed.size());
        catalogs.values().removeIf(CatalogProducts::isEmpty);
    }

    /** Grows when something becomes visible. */
    long changes() {
        return changes.get();
    }

    /**
     * Learns codes and plans of the vectors that are due, see {@link VectorEngine#tend}; records
     * are applied and views read meanwhile.
     *
     * @return whether similar products are searched otherwise now
     * @throws OutOfMemoryError if memory outside the heap runs out; vectors are searched as before
     */
    boolean tend() {
        boolean changed = false;
        for (Map.Entry<CatalogRef, CatalogProducts> catalog : catalogs.entrySet()) {
            for (VectorEngine engine : engines(catalog.getValue())) {
                if (engine.tend()) {
                    log.info("vectors of {}: {}", catalog.getKey().key(), engine.describe());
                    publish(catalog.getValue());
                    changed = true;
                }
            }
        }
        return changed;
    }

    private synchronized List<VectorEngine> engines(CatalogProducts catalog) {
        return catalog.engines();
    }

    private synchronized void publish(CatalogProducts catalog) {
        catalog.publish();
    }

    /** The catalogue that changed, or null. */
    private @Nullable CatalogProducts apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("the record has no key");
        }
        ProductKey key = ProductKey.parse(record.key());
        boolean vector = record.topic().equals(Topics.EMBEDDINGS);
        if (record.value() == null) {
            CatalogProducts catalog = catalogs.get(key.catalog());
            if (catalog != null) {
                if (vector) {
                    catalog.removeVector(key.id());
                } else {
                    catalog.remove(key.id(), productVersion(record));
                }
            }
            return catalog;
        }
        CatalogProducts catalog =
                catalogs.computeIfAbsent(key.catalog(), absent -> new CatalogProducts(productsMax));
        boolean kept =
                vector
                        ? catalog.putVector(
                                key.id(),
                                productVersion(record),
                                header(record, EventHeaders.MODEL),
                                header(record, EventHeaders.TEXT_HASH),
                                VectorBytes.decode(record.value()))
                        : put(catalog, key, WireJson.read(record.value(), ProductChanged.class));
        if (!kept) {
            throw new IllegalArgumentException(
                    "the catalogue is full: recommender.catalog.products-max is " + productsMax);
        }
        return catalog;
    }

    private static boolean put(CatalogProducts catalog, ProductKey key, ProductChanged product) {
        // Jackson fills in null where a field is missing.
        if (isNull(product.document())
                || isNull(product.semanticHash())
                || isNull(product.semanticText())) {
            throw new IllegalArgumentException("not a ProductChanged");
        }
        return catalog.put(
                key.id(),
                product.version(),
                StoredDocument.of(product.document()),
                product.semanticHash(),
                !product.semanticText().isBlank());
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private static long productVersion(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(header(record, EventHeaders.PRODUCT_VERSION));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        String value = EventPublisher.header(record, name);
        if (value == null) {
            throw new IllegalArgumentException("the record has no header " + name);
        }
        return value;
    }
}
