package dev.vitrine.gateway.event;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a search's answer goes into the log.
 *
 * @param queryId id that clicks refer to
 * @param ids products shown, in their order
 */
record ServedAnswer(String queryId, List<String> ids) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads no further than both are found: facets and fields are most of an answer. */
    static ServedAnswer of(byte[] answer) {
        String queryId = null;
        List<String> ids = null;
        try (JsonParser parser = JSON.createParser(answer)) {
            parser.nextToken();
            while ((queryId == null || ids == null)
                    && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "queryId" -> queryId = parser.getString();
                    case "hits" -> ids = ids(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        return new ServedAnswer(queryId == null ? "" : queryId, ids == null ? List.of() : ids);
    }

    static ServedAnswer of(JsonNode answer) {
        return new ServedAnswer(
                answer.path("queryId").asString(""),
                answer.path("hits").valueStream().map(hit -> hit.path("id").asString("")).toList());
    }

    private static List<String> ids(JsonParser parser) {
        List<String> ids = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean id = parser.currentName().equals("id");
                parser.nextToken();
                if (id) {
                    ids.add(parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return ids;
    }
}
