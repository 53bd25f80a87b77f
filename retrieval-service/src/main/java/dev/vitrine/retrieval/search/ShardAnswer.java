package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.wire.JsonProperties;
import dev.vitrine.servicekit.WireJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the shard answered, on its way to the caller. Hits and facets stay the JSON that they are:
 * nobody here looks into them, and making objects of them and bytes again was the largest part of
 * this service's work (RATIONALE.md). For one thread.
 */
final class ShardAnswer {

    /** Properties that both answers have, in the order of {@code SearchResponse}. */
    private static final List<String> PASSED_ON =
            List.of("hits", "total", "totalRelation", "facets", "cutoff");

    private static final String STATISTICS = "statistics";
    private static final String GENERATION = "generation";

    /** Room for what is added. */
    private static final int ADDED = 256;

    private final byte[] json;
    private final JsonProperties properties;

    /**
     * Takes an answer over.
     *
     * @param json a {@code PlanResult}
     * @throws IllegalArgumentException when it is something else
     */
    ShardAnswer(byte[] json) {
        this.json = json;
        this.properties = JsonProperties.of(json);
        for (String name : PASSED_ON) {
            require(name);
        }
        require(GENERATION);
    }

    private int require(String name) {
        int property = properties.find(name);
        if (property < 0) {
            throw new IllegalArgumentException("the shard's answer has no " + name);
        }
        return property;
    }

    /**
     * The answer to the caller, a {@code SearchResponse} as JSON.
     *
     * @param explain whether it tells the statistics of the query
     * @param partial names of the parts that are missing
     */
    byte[] response(String queryId, boolean explain, long tookMillis, List<String> partial) {
        ByteArrayOutputStream response = new ByteArrayOutputStream(json.length + ADDED);
        append(response, "{\"queryId\":");
        response.writeBytes(WireJson.write(queryId));
        for (String name : PASSED_ON) {
            append(response, require(name));
        }
        if (explain && properties.find(STATISTICS) >= 0) {
            append(response, require(STATISTICS));
        }
        append(response, require(GENERATION));
        append(response, ",\"tookMs\":" + tookMillis + ",\"partial\":");
        response.writeBytes(WireJson.write(partial));
        append(response, "}");
        return response.toByteArray();
    }

    private void append(ByteArrayOutputStream response, int property) {
        response.write(',');
        int start = properties.start(property);
        response.write(json, start, properties.end(property) - start);
    }

    private static void append(ByteArrayOutputStream response, String text) {
        response.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
