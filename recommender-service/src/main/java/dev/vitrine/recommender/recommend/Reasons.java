package dev.vitrine.recommender.recommend;

import dev.vitrine.recommender.catalog.CatalogView;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in a sentence or two what answered and what was passed over. */
final class Reasons {
    private Reasons() {}

    /**
     * @param given items by step, in the order of the chain; not empty
     */
    static String of(
            Scenario scenario, Situation situation, CatalogView view, Map<Step, Integer> given) {
        StringBuilder reason = new StringBuilder();
        long unknown =
                situation.items().stream().distinct().filter(id -> view.find(id).isEmpty()).count();
        if (situation.passedOver() > 0) {
            reason.append("Only the last %d items count. ".formatted(situation.items().size()));
        }
        if (unknown > 0) {
            reason.append(
                    unknown == 1
                            ? "One product asked about is not in the catalogue. "
                            : unknown + " products asked about are not in the catalogue. ");
        }
        Step first = given.keySet().iterator().next();
        boolean asWanted = first == scenario.steps().getFirst();
        reason.append(
                asWanted
                        ? "From " + first.description()
                        : "Nothing is known of %s; from %s"
                                .formatted(
                                        scenario.steps().getFirst().description(),
                                        first.description()));
        String rest =
                given.entrySet().stream()
                        .skip(1)
                        .map(step -> step.getValue() + " by " + step.getKey().description())
                        .collect(Collectors.joining(", "));
        return reason.append(rest.isEmpty() ? "." : "; filled up: " + rest + ".").toString();
    }
}
