package dev.vitrine.contracts.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The record of the event log as it stands in JSON. */
final class InteractionWireTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Interaction EVENT =
            new Interaction(
                    "default",
                    "shop",
                    "e-1",
                    Instant.parse("2026-11-21T08:00:00.250Z"),
                    InteractionType.CART_ADD,
                    "v-1",
                    "u-1",
                    "s-1",
                    "0123456789abcdef0123456789abcdef",
                    null,
                    null,
                    List.of(new InteractionItem("sku/1", 3, 9.9, 2.0)),
                    "search",
                    "head:b",
                    true);

    @Test
    void interaction_golden_bothWays() throws IOException {
        byte[] golden = resource("/golden/interaction.v1.json");
        assertThat(JSON.readTree(JSON.writeValueAsBytes(EVENT))).isEqualTo(JSON.readTree(golden));
        assertThat(JSON.readValue(golden, Interaction.class)).isEqualTo(EVENT);
    }

    @Test
    void golden_isUsableAsItStands() throws IOException {
        assertThat(
                        new InteractionCheck(InteractionLimits.DEFAULTS)
                                .check(
                                        JSON.readTree(resource("/golden/interaction.v1.json")),
                                        "default",
                                        EVENT.eventTime(),
                                        "fallback"))
                .isEqualTo(new CheckedInteraction.Usable(EVENT));
    }

    @Test
    void schema_namesTheFieldsAndTypesOfTheRecord() throws IOException {
        JsonNode schema = JSON.readTree(resource("/schema/interaction.v1.json"));
        assertThat(schema.get("properties").propertyNames())
                .containsExactlyElementsOf(components(Interaction.class));
        assertThat(schema.at("/properties/items/items/properties").propertyNames())
                .containsExactlyElementsOf(components(InteractionItem.class));
        assertThat(
                        schema.at("/properties/type/enum")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList())
                .containsExactlyElementsOf(
                        Arrays.stream(InteractionType.values())
                                .map(InteractionType::wireName)
                                .toList());
        assertThat(schema.at("/properties/items/maxItems").intValue())
                .isEqualTo(InteractionLimits.DEFAULTS.itemsMax());
        assertThat(schema.at("/properties/visitorId/maxLength").intValue())
                .isEqualTo(InteractionLimits.DEFAULTS.idCharsMax());
        assertThat(schema.at("/properties/query/maxLength").intValue())
                .isEqualTo(InteractionLimits.DEFAULTS.queryCharsMax());
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(InteractionWireTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
