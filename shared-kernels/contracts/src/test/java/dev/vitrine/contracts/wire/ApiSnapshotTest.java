package dev.vitrine.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.wire.AsyncApiDocument.Message;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed AsyncAPI document is what the code says. */
final class ApiSnapshotTest {

    private static final Path COMMITTED = Path.of("asyncapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    @Test
    void document_isTheCommittedOne() throws IOException {
        String now = JSON.writeValueAsString(new AsyncApiDocument().content()) + "\n";
        if (Boolean.getBoolean("api.write")) {
            Files.writeString(COMMITTED, now);
        }
        assertThat(Files.readString(COMMITTED))
                .as(
                        "topics or messages changed; if that is meant, write the document anew: %s",
                        HOW)
                .isEqualTo(now);
    }

    /** One command for this document and the gateway's. */
    private static final String HOW =
            "mvn -pl shared-kernels/contracts,gateway-service -am verify -Dapi.write"
                    + " -Dtest=ApiSnapshotTest -Dit.test=ApiSnapshotIT"
                    + " -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfailsafe.failIfNoSpecifiedTests=false";

    @Test
    void everyEventType_isOneMessage() {
        List<String> types =
                Arrays.stream(EventHeaders.class.getFields())
                        .filter(field -> field.getName().startsWith("TYPE_"))
                        .map(ApiSnapshotTest::value)
                        .toList();
        assertThat(AsyncApiDocument.MESSAGES.stream().map(Message::type).filter(Objects::nonNull))
                .as("AsyncApiDocument.MESSAGES against the types in EventHeaders")
                .containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void everyTopic_hasAMessage() {
        assertThat(AsyncApiDocument.MESSAGES.stream().map(Message::topic).distinct())
                .as("AsyncApiDocument.MESSAGES against Topics.all()")
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream()
                                .map(TopicDefinition::name)
                                .filter(name -> !name.endsWith(".dlt"))
                                .toList());
    }

    /** The schema says what Jackson writes: the same names, and the required ones are there. */
    @Test
    void schema_fitsTheGoldenMessage() throws IOException {
        JsonNode schema =
                JSON.<JsonNode>valueToTree(new AsyncApiDocument().content())
                        .path("components")
                        .path("schemas")
                        .path("ProductChanged");
        JsonNode golden =
                JSON.readTree(
                        Files.readString(
                                Path.of("src/test/resources/golden/product-changed.v1.json"),
                                StandardCharsets.UTF_8));
        assertThat(schema.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(golden.propertyNames());
        assertThat(schema.path("required").size()).isEqualTo(golden.size());
    }

    private static String value(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(constant.toString(), e);
        }
    }
}
