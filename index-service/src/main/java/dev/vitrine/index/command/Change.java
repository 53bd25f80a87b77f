package dev.vitrine.index.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a record says, whatever its format was.
 *
 * @param action what is to happen
 * @param row fields of the product; of a deletion those that identify it, possibly none
 * @param catalog catalogue that it names itself, or null
 * @param id product id that it names outside of the row, or null
 * @param version the source's number of the change, or {@link SourcePosition#UNKNOWN}
 * @param time when the source made it, milliseconds, or {@link SourcePosition#UNKNOWN}
 */
record Change(
        Action action,
        Map<String, Object> row,
        @Nullable String catalog,
        @Nullable String id,
        long version,
        long time) {

    /** What is to happen to the product. */
    enum Action {
        UPSERT,
        PATCH,
        DELETE
    }

    /** A change of an unknown age. */
    static Change of(Action action, Map<String, Object> row) {
        return new Change(action, row, null, null, SourcePosition.UNKNOWN, SourcePosition.UNKNOWN);
    }

    /** The same change of what is named here, where it is. */
    Change named(@Nullable String ownCatalog, @Nullable String ownId) {
        return new Change(
                action,
                row,
                ownCatalog == null ? catalog : ownCatalog,
                ownId == null ? id : ownId,
                version,
                time);
    }

    /** The same change at another time. */
    Change aged(long ownVersion, long ownTime) {
        return new Change(action, row, catalog, id, ownVersion, ownTime);
    }
}
