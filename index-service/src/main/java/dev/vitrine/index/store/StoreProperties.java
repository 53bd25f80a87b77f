package dev.vitrine.index.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the vectors beside the products.
 *
 * @param type which adapter serves
 * @param intake whether this process reads the embeddings topic
 * @param batchRecords most vectors in one transaction
 * @param backoffMin pause after the database did not take a batch; doubles with each failure
 * @param backoffMax longest pause
 */
@Validated
@ConfigurationProperties("index.store")
record StoreProperties(
        @DefaultValue("auto") Type type,
        @DefaultValue("true") boolean intake,
        @DefaultValue("500") @Min(1) @Max(5_000) int batchRecords,
        @DefaultValue("500ms") Duration backoffMin,
        @DefaultValue("30s") Duration backoffMax) {

    /** Which adapter keeps the vectors. */
    enum Type {
        /** pgvector where the extension can be made, else plain arrays. */
        AUTO,
        /** pgvector, or no start. */
        PGVECTOR,
        /** Plain arrays, unless the table is pgvector's already. */
        PLAIN_ARRAY
    }
}
