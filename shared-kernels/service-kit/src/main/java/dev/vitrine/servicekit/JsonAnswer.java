package dev.vitrine.servicekit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/**
 * Writes an answer that is JSON already. Spring's way of choosing a form for the answer costs more
 * than writing it (RATIONALE.md), and here there is nothing to choose.
 */
public final class JsonAnswer {

    private JsonAnswer() {}

    /** Writes it whole, so that no chunk is sent. */
    public static void write(HttpServletResponse response, byte[] json) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
