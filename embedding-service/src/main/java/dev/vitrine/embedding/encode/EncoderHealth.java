package dev.vitrine.embedding.encode;

import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says which model runs. That it exists means that the model is loaded and warm. */
final class EncoderHealth implements HealthIndicator, InfoContributor {

    private final Encoder encoder;

    EncoderHealth(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(details()).build();
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("embedding", details());
    }

    private Map<String, Object> details() {
        return Map.of("model", encoder.model(), "dimensions", encoder.dimensions());
    }
}
