package dev.vitrine.recommender.algorithm.sessionknn;

/**
 * How visits are compared. The defaults were chosen by validation within training data; {@code
 * RATIONALE.md} has the numbers.
 *
 * @param visitsMax latest visits that are kept
 * @param itemsMax last items of one visit that are kept, and that a query may have
 * @param sample latest visits sharing an item with the query that are compared
 * @param neighbours visits that vote
 * @param rarity exponent of an item's inverse document frequency when visits are compared
 * @param lengthNorm exponent of the visit's number of items, which divides its likeness
 * @param recency likeness falls by exp(-recency * share of kept visits that are newer)
 * @param popularityDamping exponent of an item's inverse document frequency in its score
 */
public record SessionKnnParameters(
        int visitsMax,
        int itemsMax,
        int sample,
        int neighbours,
        double rarity,
        double lengthNorm,
        double recency,
        double popularityDamping) {
    /** As the service runs unless told otherwise. */
    public static final SessionKnnParameters DEFAULT =
            new SessionKnnParameters(500_000, 50, 2_500, 500, 1, 0.5, 1, 1);

    /** V-SKNN with linear weights, as published (Ludewig and Jannach 2018). */
    public static final SessionKnnParameters PUBLISHED =
            new SessionKnnParameters(500_000, 50, 2_500, 500, 0, 0, 0, 0);
}
