package dev.vitrine.contracts.interaction;

import java.time.Duration;

/**
 * What one event may be at most.
 *
 * @param aheadMax how far after its arrival an event may claim to have happened
 * @param ageMax how long before its arrival it may have happened
 * @param itemsMax products of one event
 * @param idCharsMax characters of an id or a name, UTF-16 units
 * @param queryCharsMax characters of a query, UTF-16 units
 * @param depthMax objects and lists within each other, the event itself counted
 * @param bytesMax bytes of a record's value
 */
public record InteractionLimits(
        Duration aheadMax,
        Duration ageMax,
        int itemsMax,
        int idCharsMax,
        int queryCharsMax,
        int depthMax,
        int bytesMax) {

    /** An hour ahead, the log's retention back, 2,000 items. */
    public static final InteractionLimits DEFAULTS =
            new InteractionLimits(
                    Duration.ofHours(1), Duration.ofDays(90), 2_000, 256, 1_024, 16, 1_000_000);
}
