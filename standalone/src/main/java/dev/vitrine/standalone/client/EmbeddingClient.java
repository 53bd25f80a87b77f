package dev.vitrine.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Has texts embedded by a running embedding-service over its internal interface. Thread-safe. */
public final class EmbeddingClient implements AutoCloseable {
    private static final Duration CALL = Duration.ofMinutes(1);

    private final URI service;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    public EmbeddingClient(URI service) {
        this.service = service;
    }

    /**
     * Embeds texts as those of products.
     *
     * @return one vector a text, each its floats in little-endian order
     */
    public List<byte[]> embed(List<String> texts) throws ApiException {
        ObjectNode body = json.createObjectNode();
        ArrayNode list = body.putArray("texts");
        texts.forEach(list::add);
        body.put("purpose", "product");
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/internal/v1/embeddings"))
                        .timeout(CALL)
                        .header("Content-Type", "application/json")
                        .header("Vitrine-Deadline-Millis", Long.toString(CALL.toMillis()))
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new ApiException(
                        response.statusCode(),
                        "The embedding service answers HTTP %d: %s"
                                .formatted(
                                        response.statusCode(),
                                        response.body()
                                                .substring(
                                                        0,
                                                        Math.min(500, response.body().length()))));
            }
            List<byte[]> vectors = new ArrayList<>();
            for (JsonNode vector : json.readTree(response.body()).path("vectors")) {
                vectors.add(Base64.getDecoder().decode(vector.asString()));
            }
            if (vectors.size() != texts.size()) {
                throw new ApiException(
                        0, "%d vectors for %d texts".formatted(vectors.size(), texts.size()));
            }
            return vectors;
        } catch (IOException | JacksonException broken) {
            throw new ApiException(
                    "No good answer from the embedding service: " + broken.getMessage(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ApiException("Interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
