package dev.vitrine.recommender.recommend;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a shop asks for, and the chain of steps that answers; the last ones always do. */
enum Scenario {
    SIMILAR(
            "similar",
            Step.SIMILAR,
            Step.BOUGHT_TOGETHER,
            Step.TRENDING_IN_CATEGORY,
            Step.POPULAR_IN_CATEGORY,
            Step.POPULAR,
            Step.CATALOG),
    BOUGHT_TOGETHER(
            "bought-together",
            Step.BOUGHT_TOGETHER,
            Step.SIMILAR,
            Step.TRENDING_IN_CATEGORY,
            Step.POPULAR_IN_CATEGORY,
            Step.POPULAR,
            Step.CATALOG),
    NEXT_IN_SESSION(
            "next-in-session",
            Step.SESSION_NEIGHBOURS,
            Step.BOUGHT_TOGETHER,
            Step.SIMILAR,
            Step.TRENDING_IN_CATEGORY,
            Step.POPULAR_IN_CATEGORY,
            Step.POPULAR,
            Step.CATALOG),
    TRENDING("trending", Step.TRENDING, Step.POPULAR, Step.CATALOG);

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<Step> steps;

    Scenario(String wireName, Step... steps) {
        this.wireName = wireName;
        this.steps = List.of(steps);
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * The scenario of that name.
     *
     * @throws ProblemException that lists those that exist
     */
    static Scenario of(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static ProblemException unknown(String name) {
        String known =
                Arrays.stream(values())
                        .map(each -> each.wireName)
                        .collect(Collectors.joining(", "));
        return new ProblemException(
                        CommonErrors.NOT_FOUND,
                        "there is no scenario '" + name + "'; there are: " + known)
                .withErrors(List.of(new FieldError("scenario", "must be one of: " + known)));
    }
}
