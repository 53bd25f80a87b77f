package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads whole bodies up to a limit, so that nobody fills the memory with one request. */
final class RequestBodies {

    private RequestBodies() {}

    /**
     * The body as text.
     *
     * @param maxBytes most bytes
     * @param tooLarge the error beyond that
     * @throws ProblemException that error, or INVALID_ENCODING, or MALFORMED_JSON for nothing
     */
    static String read(
            HttpServletRequest request, int maxBytes, Supplier<ProblemException> tooLarge)
            throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge.get();
        }
        byte[] bytes = request.getInputStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge.get();
        }
        String text = Utf8.decode(bytes, 0, bytes.length);
        if (text.isBlank()) {
            throw new ProblemException(CommonErrors.MALFORMED_JSON, "the body is empty");
        }
        return text;
    }

    /** Reads a value; faults are worded as those of any other body. */
    static <T> T parse(HttpServletRequest request, JsonMapper mapper, String json, Class<T> type) {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new ProblemException(CommonErrors.INVALID_REQUEST, "the body is null")
                        .withErrors(List.of(new FieldError("", "must be an object")));
            }
            return value;
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    e.getOriginalMessage(), e, new ServletServerHttpRequest(request));
        }
    }
}
