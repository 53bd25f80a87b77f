package dev.vitrine.recommender.algorithm.boughttogether;

import java.time.Duration;

/**
 * How baskets are counted. The defaults were chosen by validation within training data; {@code
 * RATIONALE.md} has the numbers.
 *
 * @param basketsMax latest baskets that are counted
 * @param itemsMax items of one basket that are counted; a longer basket is counted in part
 * @param neighboursMax items kept for one item
 * @param halfLife time after which a basket counts half
 * @param shrinkage added to the denominator of the cosine, so that few baskets prove little
 * @param sharpness exponent of the shrunk cosine; over 1 a few strong pairs outweigh many weak ones
 * @param significance least G statistic of a pair; 3.84 is the 5 % level, 0 keeps all
 */
public record BoughtTogetherParameters(
        int basketsMax,
        int itemsMax,
        int neighboursMax,
        Duration halfLife,
        double shrinkage,
        double sharpness,
        double significance) {
    /** As the service runs unless told otherwise. */
    public static final BoughtTogetherParameters DEFAULT =
            new BoughtTogetherParameters(200_000, 60, 200, Duration.ofDays(180), 10, 5, 3.84);
}
