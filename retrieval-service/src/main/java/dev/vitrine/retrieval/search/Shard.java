package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.InternalClient;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Duration;

/** The index shard, as far as a search needs it. Thread-safe. */
final class Shard {

    private final InternalClient index;
    private final Duration retryAfter;

    Shard(InternalClient index, Duration retryAfter) {
        this.index = index;
        this.retryAfter = retryAfter;
    }

    /**
     * Executes a plan.
     *
     * @throws ProblemException when the shard refuses the plan or does not answer
     */
    ShardAnswer execute(String catalog, SearchPlan plan, RequestContext context) {
        try {
            return new ShardAnswer(
                    index.post(
                            context,
                            plan,
                            byte[].class,
                            "/internal/v1/catalogs/{catalog}/execute",
                            catalog));
        } catch (DependencyException | IllegalArgumentException missing) {
            throw new ProblemException(
                            SearchErrors.INDEX_UNAVAILABLE,
                            "the index did not answer in time",
                            missing)
                    .withRetryAfter(retryAfter);
        }
    }
}
