package dev.vitrine.contracts.wire;

import dev.vitrine.contracts.catalog.ProductKey;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Which partition of a state topic holds a product. Fixed for ever: a change would leave old
 * records behind in their old partitions.
 */
public final class ProductPartitions {

    private ProductPartitions() {}

    /** CRC-32C of the record key, modulo {@link Topics#STATE_PARTITIONS}. */
    public static int of(ProductKey key) {
        CRC32C crc = new CRC32C();
        crc.update(key.key().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % Topics.STATE_PARTITIONS);
    }
}
