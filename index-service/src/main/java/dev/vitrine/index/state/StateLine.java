package dev.vitrine.index.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contracts.catalog.CatalogChanged;
import dev.vitrine.contracts.catalog.ProductChanged;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the state of all products at one moment, as newline-delimited JSON: {@code begin},
 * then every {@code catalog}, what is {@code gone}, every {@code product} with its {@code vector}
 * if that belongs to its text, and {@code end}. A stream without its end is not complete.
 *
 * @param begin where to go on reading
 * @param catalog a catalogue
 * @param gone a deletion
 * @param product a product
 * @param vector vector of {@code product}
 * @param end the last line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateLine(
        @Nullable Begin begin,
        @Nullable CatalogChanged catalog,
        @Nullable Gone gone,
        @Nullable ProductChanged product,
        @Nullable Vector vector,
        @Nullable End end) {

    /**
     * The first line. Everything before the offsets is in what follows; records from there on may
     * be in it too.
     *
     * @param offsets first offset to read by {@code topic-partition}; from the beginning where one
     *     is missing
     * @param products about as many follow
     */
    public record Begin(Map<String, Long> offsets, long products) {}

    /**
     * A product that was deleted.
     *
     * @param key {@code tenant/catalog/id}
     * @param version version of the deletion
     */
    public record Gone(String key, long version) {}

    /**
     * A vector.
     *
     * @param model model that made it
     * @param version version of the product whose text it was made from
     * @param vector little-endian float32
     */
    @SuppressWarnings("ArrayRecordComponent") // a wire record, never compared
    public record Vector(String model, long version, byte[] vector) {}

    /**
     * The last line.
     *
     * @param products as many were sent
     */
    public record End(long products) {}

    public static StateLine of(Begin begin) {
        return new StateLine(begin, null, null, null, null, null);
    }

    public static StateLine of(CatalogChanged catalog) {
        return new StateLine(null, catalog, null, null, null, null);
    }

    public static StateLine of(Gone gone) {
        return new StateLine(null, null, gone, null, null, null);
    }

    public static StateLine of(ProductChanged product, @Nullable Vector vector) {
        return new StateLine(null, null, null, product, vector, null);
    }

    public static StateLine of(End end) {
        return new StateLine(null, null, null, null, null, end);
    }
}
