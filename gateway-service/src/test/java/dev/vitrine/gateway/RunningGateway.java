package dev.vitrine.gateway;

import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole gateway on a free port, in front of three {@link Backend}s. */
public final class RunningGateway implements AutoCloseable {

    public final Backend index = new Backend();
    public final Backend retrieval = new Backend();
    public final Backend recommender = new Backend();
    public final HttpClient http = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final int port;

    public RunningGateway(String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.config.name=gateway");
        arguments.add("--server.port=0");
        for (String service : List.of("index", "retrieval", "recommender")) {
            URI uri =
                    switch (service) {
                        case "index" -> index.uri();
                        case "retrieval" -> retrieval.uri();
                        default -> recommender.uri();
                    };
            arguments.add(
                    "--spring.cloud.discovery.client.simple.instances."
                            + service
                            + "[0].uri="
                            + uri);
        }
        arguments.addAll(List.of(settings));
        if (List.of(settings).stream().noneMatch(s -> s.startsWith("--spring.kafka"))) {
            arguments.add("--gateway.alias.start-wait=0s");
        }
        context = SpringApplication.run(GatewayApplication.class, arguments.toArray(String[]::new));
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public int port() {
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String json)
            throws IOException, InterruptedException {
        return send("POST", path, json);
    }

    /** Sends JSON; {@code headers} are pairs of name and value. */
    public HttpResponse<String> send(String method, String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(
                request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    public static JsonNode json(HttpResponse<String> response) {
        return WireJson.mapper().readTree(response.body());
    }

    /** Forgets answers and requests of the test before. */
    public void reset() {
        index.reset();
        retrieval.reset();
        recommender.reset();
    }

    @Override
    public void close() {
        context.close();
        index.close();
        retrieval.close();
        recommender.close();
        http.close();
    }
}
