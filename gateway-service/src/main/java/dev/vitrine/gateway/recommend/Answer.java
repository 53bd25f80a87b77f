package dev.vitrine.gateway.recommend;

import dev.vitrine.contracts.recommendation.RecommendationResponse.Item;
import java.util.List;

/**
 * Recommended products, and what gave them.
 *
 * @param items best first
 * @param step the step or method that answered
 * @param reason why, in a sentence or two
 */
record Answer(List<Item> items, String step, String reason) {

    static Answer nothing(String step, String reason) {
        return new Answer(List.of(), step, reason);
    }
}
