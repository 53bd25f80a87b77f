package dev.vitrine.recommender.catalog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when all that existed at the start is in memory. */
final class CatalogHealth implements HealthIndicator {

    private final CatalogReader reader;

    CatalogHealth(CatalogReader reader) {
        this.reader = reader;
    }

    @Override
    public Health health() {
        return (reader.ready() ? Health.up() : Health.outOfService())
                .withDetail("behind", reader.behind())
                .build();
    }
}
