package dev.vitrine.standalone.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A shop as the tests use it: plain HTTP against the gateway, answers as trees. */
public final class Shop implements AutoCloseable {

    /** Shared by the tests. */
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Shop(URI gateway) {
        this.gateway = gateway;
    }

    /**
     * What came back.
     *
     * @param status HTTP status
     * @param body JSON, or a text node with what came instead
     * @param etag entity tag, or empty
     * @param location where to look next, or empty
     */
    public record Answer(int status, JsonNode body, String etag, String location) {}

    public URI gateway() {
        return gateway;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer put(String path, String json) {
        return send(json(path).PUT(BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(json(path).method("PATCH", BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String json) {
        return send(json(path).POST(BodyPublishers.ofString(json)));
    }

    /** Sends any request; header names and values alternate. */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Imports NDJSON and returns one tree a line of the answer. */
    public List<JsonNode> importLines(String catalog, String mode, String lines) {
        HttpResponse<String> response =
                exchange(
                        request("/v1/catalogs/" + catalog + "/products:import?mode=" + mode)
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(lines)));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body().lines().map(JSON::readTree).toList();
    }

    /** A search that must succeed. */
    public JsonNode search(String catalog, ObjectNode request) {
        Answer answer = post("/v1/catalogs/" + catalog + "/search", request.toString());
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    /** Every hit of a search, page by page. */
    public List<JsonNode> searchAll(String catalog, ObjectNode request) {
        List<JsonNode> hits = new ArrayList<>();
        ObjectNode page = request.deepCopy().put("limit", 250);
        int total;
        do {
            JsonNode answer = search(catalog, page.put("offset", hits.size()));
            total = answer.get("total").asInt();
            answer.get("hits").forEach(hits::add);
            if (answer.get("hits").isEmpty()) {
                break;
            }
        } while (hits.size() < Math.min(total, 9_750));
        return hits;
    }

    public static ObjectNode query(String q) {
        return JSON.createObjectNode().put("q", q);
    }

    public static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofMinutes(2));
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode body =
                type.contains("json") && !response.body().isBlank()
                        ? JSON.readTree(response.body())
                        : JSON.getNodeFactory().stringNode(response.body());
        return new Answer(
                response.statusCode(),
                body,
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Location").orElse(""));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
