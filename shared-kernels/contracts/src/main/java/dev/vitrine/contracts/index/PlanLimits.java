package dev.vitrine.contracts.index;

/**
 * Bounds of one execution; reaching one shows as {@code totalRelation: atLeast}.
 *
 * @param maxCandidates most rows that are scored on both legs
 * @param timeMillis time after which the shard answers with what it has
 */
public record PlanLimits(int maxCandidates, int timeMillis) {

    public PlanLimits {
        if (maxCandidates < 1 || timeMillis < 1) {
            throw new IllegalArgumentException("limits of a plan are positive");
        }
    }
}
