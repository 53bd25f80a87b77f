package dev.vitrine.servicekit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every service may set of the kit.
 *
 * @param requestTimeout longest time for a request without an earlier deadline
 * @param topicReplication replicas of a topic that is made at the start
 * @param eventDelivery time after which an event that no broker took has failed
 * @param drain how long a service that was told to end still takes requests, so that callers with
 *     kept connections move on
 */
@ConfigurationProperties("vitrine")
public record ServiceKitProperties(
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("1") short topicReplication,
        @DefaultValue("30s") Duration eventDelivery,
        @DefaultValue("0s") Duration drain) {}
