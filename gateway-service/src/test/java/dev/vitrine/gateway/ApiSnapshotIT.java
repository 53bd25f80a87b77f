package dev.vitrine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed OpenAPI document is what the gateway answers with. */
class ApiSnapshotIT {

    private static final Path COMMITTED = Path.of("openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    /** One command for this document and the topics'. */
    private static final String HOW =
            "mvn -pl shared-kernels/contracts,gateway-service -am verify -Dapi.write"
                    + " -Dtest=ApiSnapshotTest -Dit.test=ApiSnapshotIT"
                    + " -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfailsafe.failIfNoSpecifiedTests=false";

    @Test
    void document_isTheCommittedOne() throws IOException, InterruptedException {
        String now;
        try (RunningGateway gateway = new RunningGateway()) {
            now = inOrder(gateway.get("/v3/api-docs").body());
        }
        if (Boolean.getBoolean("api.write")) {
            Files.writeString(COMMITTED, now);
        }
        assertThat(Files.readString(COMMITTED))
                .as("the interface changed; if that is meant, write the document anew: %s", HOW)
                .isEqualTo(now);
    }

    /** Objects by their keys, without the address of this one gateway. */
    private static String inOrder(String document) {
        Map<String, JsonNode> content = new TreeMap<>();
        JSON.readTree(document)
                .forEachEntry((name, value) -> {
                    if (!name.equals("servers")) {
                        content.put(name, value);
                    }
                });
        // A tree keeps the order it was read in; plain maps are sorted when they are written.
        Object plain = JSON.treeToValue(JSON.valueToTree(content), Object.class);
        return JSON.writeValueAsString(plain) + "\n";
    }
}
