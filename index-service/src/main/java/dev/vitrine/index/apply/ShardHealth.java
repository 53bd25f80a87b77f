package dev.vitrine.index.apply;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the shard has read what was there when it started, and how far it is. A change that
 * cannot be applied and a snapshot that cannot be taken are told and do not make it unhealthy: it
 * answers, from an older state or with a slower start before it.
 */
final class ShardHealth implements HealthIndicator {

    private final Shard shard;
    private final ShardLifecycle lifecycle;

    ShardHealth(Shard shard, ShardLifecycle lifecycle) {
        this.shard = shard;
        this.lifecycle = lifecycle;
    }

    @Override
    public Health health() {
        Health.Builder health = lifecycle.caughtUp() ? Health.up() : Health.outOfService();
        return health.withDetail("catalogs", shard.catalogs().size())
                .withDetail("rebuild", lifecycle.rebuild().progress())
                .withDetail("behind", lifecycle.behind())
                .withDetail("held", shard.heldCount())
                .withDetail("changes", lifecycle.changesFailure().orElse("good"))
                .withDetail("snapshot", lifecycle.snapshotFailure().orElse("good"))
                .build();
    }
}
