package dev.vitrine.embedding.catalog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the catalogue is followed. Not part of readiness: queries do not need it. */
final class CatalogHealth implements HealthIndicator {

    private final ProductFollower follower;

    CatalogHealth(ProductFollower follower) {
        this.follower = follower;
    }

    @Override
    public Health health() {
        double behind = follower.behind();
        return (follower.isRunning() ? Health.up() : Health.down())
                .withDetail("partitions", follower.partitions())
                .withDetail("behind", Double.isNaN(behind) ? "unknown" : (long) behind)
                .build();
    }
}
