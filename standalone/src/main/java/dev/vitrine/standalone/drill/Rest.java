package dev.vitrine.standalone.drill;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface as a drill uses it: every outcome is an answer, also none. Thread-safe. */
final class Rest implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(40);
    private static final int UNAVAILABLE = 503;

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
     * @param body its text, or what went wrong
     * @param said the answer in a word or two
     */
    record Answer(int status, String body, String said) {
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
        AtomicBoolean begun = new AtomicBoolean();
        try {
            HttpResponse<String> response =
                    http.send(
                            request,
                            head -> {
                                begun.set(true);
                                return BodySubscribers.ofString(StandardCharsets.UTF_8);
                            });
            return new Answer(response.statusCode(), response.body(), said(response));
        } catch (ConnectException refused) {
            return new Answer(0, refused.toString(), Answers.REFUSED);
        } catch (IOException none) {
            return new Answer(0, none.toString(), begun.get() ? Answers.CUT_OFF : Answers.NONE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted", Answers.NONE);
        }
    }

    /** The body as a tree; a missing node where it is none. */
    JsonNode tree(Answer answer) {
        return tree(answer.body());
    }

    private JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException noJson) {
            return json.missingNode();
        }
    }

    private String said(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Answers.GOOD;
        }
        String code = (status + " " + tree(response.body()).path("code").asString("")).strip();
        return status == UNAVAILABLE && response.headers().firstValue("Retry-After").isEmpty()
                ? code + " without Retry-After"
                : code;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
