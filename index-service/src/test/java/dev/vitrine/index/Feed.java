package dev.vitrine.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An import whose lines are sent one by one, so that a test can do other things in between. The
 * JDK's newer client reads ahead before it sends anything, hence the older one.
 */
final class Feed implements AutoCloseable {

    private final HttpURLConnection connection;
    private final OutputStream lines;

    /**
     * @param request address and headers
     */
    Feed(HttpRequest.Builder request) {
        HttpRequest head = request.build();
        try {
            connection = (HttpURLConnection) head.uri().toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(0);
            head.headers()
                    .map()
                    .forEach((name, values) ->
                            connection.setRequestProperty(name, String.join(",", values)));
            lines = connection.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Feed send(String text) {
        try {
            lines.write(text.getBytes(StandardCharsets.UTF_8));
            lines.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the body in good order and gives the lines of the answer. */
    List<JsonNode> end() {
        try {
            lines.close();
            try (InputStream answer = connection.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(WriterApp::json)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
