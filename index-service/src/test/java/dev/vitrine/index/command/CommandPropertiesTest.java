package dev.vitrine.index.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults. */
class CommandPropertiesTest {

    @Test
    void command_defaultsAndNames() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new CommandProperties(
                                true,
                                List.of(
                                        new CommandProperties.Source(
                                                Topics.COMMANDS,
                                                null,
                                                "id",
                                                CommandProperties.Mode.UPSERT)),
                                "__debezium_unavailable_value",
                                500,
                                1,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30)));
        assertThat(
                        bind(
                                Map.of(
                                        "x.enabled", "false",
                                        "x.topics[0].topic", "shop.public.products",
                                        "x.topics[0].catalog", "acme/shop",
                                        "x.topics[0].id-field", "sku",
                                        "x.topics[0].mode", "patch",
                                        "x.unavailable-value", "?",
                                        "x.batch-records", "1",
                                        "x.concurrency", "2",
                                        "x.backoff-min", "3s",
                                        "x.backoff-max", "4s")))
                .isEqualTo(
                        new CommandProperties(
                                false,
                                List.of(
                                        new CommandProperties.Source(
                                                "shop.public.products",
                                                "acme/shop",
                                                "sku",
                                                CommandProperties.Mode.PATCH)),
                                "?",
                                1,
                                2,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)));
    }

    private static CommandProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("x", CommandProperties.class);
    }
}
