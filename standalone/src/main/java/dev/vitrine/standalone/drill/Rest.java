package dev.vitrine.standalone.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface as a drill uses it: every outcome is an answer, also none. Thread-safe. */
final class Rest implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(40);

    private final URI gateway;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    Rest(URI gateway) {
        this.gateway = gateway;
    }

    /**
     * What came back.
     *
     * @param status HTTP status; 0 when nothing came, or less than all
     */
    record Answer(int status, String body) {
        boolean good() {
            return status >= 200 && status < 300;
        }
    }

    JsonMapper json() {
        return json;
    }

    Answer send(String method, String path, String contentType, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve(path))
                        .timeout(WITHIN)
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException none) {
            return new Answer(0, none.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        }
    }

    /** The body as a tree; a missing node where it is none. */
    JsonNode tree(Answer answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException noJson) {
            return json.missingNode();
        }
    }

    /** The answer in a word or two. */
    String said(Answer answer) {
        if (answer.good()) {
            return Answers.GOOD;
        }
        return answer.status() == 0
                ? Answers.NONE
                : (answer.status() + " " + tree(answer).path("code").asString("")).strip();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
