package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductChanged;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.wire.EventHeaders;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.index.vector.Embedding;
import dev.vitrine.servicekit.CatalogDirectory;
import dev.vitrine.servicekit.DeadLetters;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.EventPublisher;
import dev.vitrine.servicekit.WireJson;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Turns records of the state topics into changes of the shard. A record that can never be applied
 * is set aside as a dead letter; one that cannot be applied now fails the batch, which comes again.
 */
final class TopicApplier {

    private final Shard shard;
    private final CatalogDirectory directory;
    private final DeadLetters deadLetters;
    private final ShardProperties properties;
    private final Clock clock;

    TopicApplier(
            Shard shard,
            CatalogDirectory directory,
            DeadLetters deadLetters,
            ShardProperties properties,
            Clock clock) {
        this.shard = shard;
        this.directory = directory;
        this.deadLetters = deadLetters;
        this.properties = properties;
        this.clock = clock;
    }

    /** A record that can never be applied. */
    private static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String reason) {
            super(reason);
        }
    }

    /** Applies product records. */
    void products(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                product(record);
            } catch (UnusableException | IllegalArgumentException | TooManyProductsException e) {
                deadLetters.publish(record, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /**
     * Applies records of vectors.
     *
     * @param productsRead whether every product that is known to exist has been read
     */
    void embeddings(ConsumerRecords<String, byte[]> batch, BooleanSupplier productsRead) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                embedding(record, productsRead);
            } catch (UnusableException | IllegalArgumentException e) {
                deadLetters.publish(record, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private void product(ConsumerRecord<String, byte[]> record)
            throws UnusableException, InterruptedException {
        ProductKey key = key(record);
        byte[] value = record.value();
        if (value == null) {
            shard.delete(key, number(record, EventHeaders.PRODUCT_VERSION));
            return;
        }
        ProductChanged product;
        try {
            product = WireJson.read(value, ProductChanged.class);
        } catch (JacksonException e) {
            throw new UnusableException("no product: " + e.getOriginalMessage());
        }
        if (!product.key().equals(key)) {
            throw new UnusableException("the record's key does not name its product");
        }
        if (useSchema(key.catalog(), product.schemaVersion())) {
            shard.put(product);
        }
    }

    /**
     * Makes sure that the shard knows the schema of a product.
     *
     * @return false when the catalogue was deleted after the product was written
     */
    private boolean useSchema(CatalogRef ref, long schemaVersion)
            throws UnusableException, InterruptedException {
        Long known = shard.schemaVersion(ref);
        if (known != null && known >= schemaVersion) {
            return true;
        }
        CatalogChanged catalog =
                directory
                        .await(ref, schemaVersion, Deadline.in(properties.schemaWait(), clock))
                        .orElseThrow(() ->
                                new UnusableException(
                                        "schema version "
                                                + schemaVersion
                                                + " of catalogue "
                                                + ref.key()
                                                + " did not come"));
        shard.put(catalog);
        return !catalog.deleted();
    }

    private void embedding(ConsumerRecord<String, byte[]> record, BooleanSupplier productsRead)
            throws UnusableException, InterruptedException {
        ProductKey key = key(record);
        byte[] value = record.value();
        if (value == null) {
            String version = EventPublisher.header(record, EventHeaders.PRODUCT_VERSION);
            shard.removeVector(key, version == null ? Long.MAX_VALUE : parse(version));
            return;
        }
        float[] vector = VectorBytes.decode(value);
        if (vector.length != number(record, EventHeaders.DIMENSIONS)) {
            throw new UnusableException(
                    vector.length + " dimensions are not what the header promises");
        }
        Embedding embedding =
                new Embedding(
                        required(record, EventHeaders.MODEL),
                        required(record, EventHeaders.TEXT_HASH),
                        number(record, EventHeaders.PRODUCT_VERSION),
                        vector);
        shard.put(key, embedding, productsRead);
    }

    private static ProductKey key(ConsumerRecord<String, byte[]> record) throws UnusableException {
        @Nullable String key = record.key();
        if (key == null) {
            throw new UnusableException("the record has no key");
        }
        return ProductKey.parse(key);
    }

    private static String required(ConsumerRecord<String, byte[]> record, String header)
            throws UnusableException {
        String value = EventPublisher.header(record, header);
        if (value == null) {
            throw new UnusableException("header " + header + " is missing");
        }
        return value;
    }

    private static long number(ConsumerRecord<String, byte[]> record, String header)
            throws UnusableException {
        return parse(required(record, header));
    }

    private static long parse(String number) throws UnusableException {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new UnusableException("'" + number + "' is no number");
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while applying a batch", e);
    }
}
