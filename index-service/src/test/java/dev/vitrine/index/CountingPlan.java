package dev.vitrine.index;

import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.TextQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans of tests that ask how many products are found. */
final class CountingPlan {

    private CountingPlan() {}

    /**
     * Counts what a text finds.
     *
     * @param text null for everything
     */
    // NullAway does not see the nullness of array components of records from other modules.
    @SuppressWarnings("NullAway")
    static SearchPlan of(@Nullable TextQuery text) {
        return new SearchPlan(
                text,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                0,
                1,
                null,
                false,
                false,
                new ScoringHead("test", 1, -2, 3, 3, 0.9, 0),
                new PlanLimits(10_000, 20_000));
    }
}
