package dev.vitrine.gateway.alias;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Second names of catalogues.
 *
 * @param startWait how long the start waits for them; then names are taken as they are until Kafka
 *     answers
 * @param timeout longest time for a change, until this gateway follows it
 */
@Validated
@ConfigurationProperties("gateway.alias")
public record AliasProperties(
        @DefaultValue("10s") Duration startWait, @DefaultValue("10s") Duration timeout) {}
