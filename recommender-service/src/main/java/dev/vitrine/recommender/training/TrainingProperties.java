package dev.vitrine.recommender.training;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When models are trained again.
 *
 * @param interval least time between two looks for new events
 */
@ConfigurationProperties("recommender.training")
public record TrainingProperties(@DefaultValue("5s") Duration interval) {}
