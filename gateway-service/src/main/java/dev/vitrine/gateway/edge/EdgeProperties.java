package dev.vitrine.gateway.edge;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What holds for every request.
 *
 * @param tenant tenant of every request, until keys tell it
 * @param bodyLimit largest body, imports apart
 */
@Validated
@ConfigurationProperties("gateway")
public record EdgeProperties(
        @DefaultValue("default") @Pattern(regexp = "[a-z0-9][a-z0-9_-]{0,62}") String tenant,
        @DefaultValue("1MB") @NotNull DataSize bodyLimit) {}
