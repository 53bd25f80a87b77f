package dev.vitrine.index.apply;

import dev.vitrine.index.state.StateLine;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;

/** Reads the state of all products from a writer. Thread-safe. */
final class WriterState {

    private static final int CONNECT_MILLIS = 5_000;

    private final Duration silence;

    /**
     * @param silence longest time without a line
     */
    WriterState(Duration silence) {
        this.silence = silence;
    }

    /** The writer cannot be asked: it does not listen, or is busy. */
    static final class AwayException extends IOException {

        private static final long serialVersionUID = 1L;

        AwayException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Hands over every line.
     *
     * @throws AwayException before the first line
     * @throws IOException when the stream breaks off
     */
    void read(URI writer, int first, int last, int deletions, Consumer<StateLine> lines)
            throws IOException {
        URI address =
                writer.resolve(
                        "/internal/v1/state?first="
                                + first
                                + "&last="
                                + last
                                + "&deletions="
                                + deletions);
        // The only client of the JDK that bounds the silence within a body.
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
            connect(connection);
            try (MappingIterator<StateLine> stream =
                    WireJson.mapper()
                            .readerFor(StateLine.class)
                            .readValues(connection.getInputStream())) {
                boolean complete = false;
                while (stream.hasNextValue()) {
                    StateLine line = stream.nextValue();
                    lines.accept(line);
                    complete = line.end() != null;
                }
                if (!complete) {
                    throw new IOException("the writer's state ends too early");
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the writer's state breaks off", e);
        } finally {
            connection.disconnect();
        }
    }

    private static void connect(HttpURLConnection connection) throws AwayException {
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + status);
            }
        } catch (IOException e) {
            throw new AwayException("the writer at " + connection.getURL() + " is away", e);
        }
    }
}
