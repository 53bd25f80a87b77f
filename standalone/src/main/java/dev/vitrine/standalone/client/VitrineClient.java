package dev.vitrine.standalone.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls a running Vitrine over its REST interface, every call with a deadline. Thread-safe. */
public final class VitrineClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SHORT_CALL = Duration.ofSeconds(30);
    private static final Duration IMPORT_CALL = Duration.ofMinutes(3);
    private static final Duration FEED_CALL = Duration.ofHours(2);

    private final URI gateway;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    /**
     * @param gateway the gateway's address, without a path
     */
    public VitrineClient(URI gateway) {
        this.gateway = gateway;
    }

    public URI gateway() {
        return gateway;
    }

    public JsonMapper json() {
        return json;
    }

    /** The catalogue's status; empty when there is no such catalogue. */
    public Optional<CatalogStatus> catalog(String catalog) throws ApiException {
        try {
            return Optional.of(
                    CatalogStatus.of(call(request("/v1/catalogs/" + catalog, SHORT_CALL).GET())));
        } catch (ApiException refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Creates a catalogue, or gives it this schema. */
    public void putCatalog(String catalog, JsonNode schema) throws ApiException {
        var _ =
                call(
                        request("/v1/catalogs/" + catalog, SHORT_CALL)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(json.writeValueAsString(schema))));
    }

    /** Searches; request and response as in the interface. */
    public JsonNode search(String catalog, ObjectNode request) throws ApiException {
        return call(
                request("/v1/catalogs/" + catalog + "/search", SHORT_CALL)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(request))));
    }

    /** Sends events, {@code {"events": [...]}}; a call without a good event is an answer too. */
    EventAnswer events(String body) throws ApiException {
        HttpRequest request =
                request("/v1/events", SHORT_CALL)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200 && !noneIsGood(response)) {
                throw refusal(response.statusCode(), response.body());
            }
            return EventAnswer.of(json.readTree(response.body()));
        } catch (IOException | JacksonException broken) {
            throw new ApiException(unreachable(broken), broken);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private boolean noneIsGood(HttpResponse<String> response) {
        return response.statusCode() == 422
                && json.readTree(response.body())
                        .path("code")
                        .asString("")
                        .equals("EVENTS_REJECTED");
    }

    /**
     * Sends products and hands over the result lines as they come, the summary left out. Lines that
     * came before a failure have been handed over.
     */
    void importProducts(
            String catalog, String contentType, byte[] body, Consumer<JsonNode> eachResult)
            throws ApiException {
        HttpRequest request =
                request("/v1/catalogs/" + catalog + "/products:import?mode=upsert", IMPORT_CALL)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    throw refusal(response.statusCode(), allOf(lines));
                }
                boolean complete = false;
                String line = lines.readLine();
                while (line != null) {
                    if (!line.isBlank()) {
                        JsonNode result = json.readTree(line);
                        if (result.has("summary")) {
                            complete = true;
                        } else {
                            eachResult.accept(result);
                        }
                    }
                    line = lines.readLine();
                }
                if (!complete) {
                    throw new ApiException(0, "The answer to the import broke off");
                }
            }
        } catch (IOException | JacksonException broken) {
            throw new ApiException(unreachable(broken), broken);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /**
     * Sends a whole feed that replaces the catalogue; it is kept, and worked on afterwards.
     *
     * @return id of its task
     */
    String acceptImport(String catalog, String contentType, InputStream body) throws ApiException {
        return call(request(
                                "/v1/catalogs/"
                                        + catalog
                                        + "/products:import?mode=replace&async=true",
                                FEED_CALL)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofInputStream(() -> body)))
                .path("task")
                .asString("");
    }

    /** A task as it is now. */
    JsonNode task(String id) throws ApiException {
        return call(request("/v1/tasks/" + id, SHORT_CALL).GET());
    }

    private HttpRequest.Builder request(String path, Duration within) {
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(within);
    }

    private JsonNode call(HttpRequest.Builder request) throws ApiException {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() >= 300) {
                throw refusal(response.statusCode(), response.body());
            }
            return response.body().isBlank()
                    ? json.createObjectNode()
                    : json.readTree(response.body());
        } catch (IOException | JacksonException broken) {
            throw new ApiException(unreachable(broken), broken);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private String unreachable(Exception broken) {
        String reason = broken.getMessage();
        return "No good answer from "
                + gateway
                + ": "
                + (reason == null ? broken.getClass().getSimpleName() : reason);
    }

    private static ApiException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new ApiException("Interrupted", interrupted);
    }

    private static String allOf(BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder();
        String line = lines.readLine();
        while (line != null && text.length() < 100_000) {
            text.append(line);
            line = lines.readLine();
        }
        return text.toString();
    }

    /** Says what a problem document says. */
    private ApiException refusal(int status, String body) {
        StringBuilder message = new StringBuilder("HTTP " + status);
        try {
            JsonNode problem = json.readTree(body);
            for (String key : new String[] {"code", "title", "detail"}) {
                String value = problem.path(key).asString("");
                if (!value.isBlank()) {
                    message.append(key.equals("code") ? " " : ": ").append(value);
                }
            }
            for (JsonNode error : problem.path("errors")) {
                message.append("\n  ")
                        .append(error.path("pointer").asString(""))
                        .append(' ')
                        .append(error.path("message").asString(""));
            }
        } catch (JacksonException noProblemDocument) {
            message.append(": ").append(body, 0, Math.min(200, body.length()));
        }
        return new ApiException(status, message.toString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
