package dev.vitrine.index;

import dev.vitrine.contracts.index.PlanLimits;
import dev.vitrine.contracts.index.ScoringHead;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.wire.VectorBytes;
import java.util.List;

/** Plans of tests that search by a vector of model {@code m} alone. */
public final class VectorPlan {

    private VectorPlan() {}

    // NullAway does not see the nullness of array components of records from other modules.
    @SuppressWarnings("NullAway")
    public static SearchPlan of(
            float[] query, boolean explain, ScoringHead head, PlanLimits limits) {
        return new SearchPlan(
                null,
                VectorBytes.encode(query),
                "m",
                null,
                null,
                null,
                List.of(),
                List.of(),
                0,
                5,
                null,
                false,
                explain,
                head,
                limits);
    }
}
