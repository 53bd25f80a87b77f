package dev.vitrine.recommender.training;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when models have learned from all events that existed at the start. */
final class LearningHealth implements HealthIndicator {
    private final ModelKeeper keeper;

    LearningHealth(ModelKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Health health() {
        return (keeper.ready() ? Health.up() : Health.outOfService())
                .withDetail("behind", keeper.behind())
                .build();
    }
}
