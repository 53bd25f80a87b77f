package dev.vitrine.gateway.edge;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemAdvice;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Problems for failures that no controller sees. */
final class Problems {

    private Problems() {}

    static void write(
            HttpServletResponse response, ErrorCode code, String detail, HttpServletRequest request)
            throws IOException {
        byte[] body = body(code, detail, request.getRequestURI());
        response.setStatus(code.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static byte[] body(ErrorCode code, String detail, String instance) {
        return WireJson.write(ProblemAdvice.problem(code, detail, List.of(), instance));
    }

    /** The code of a failure that is known by its status only. */
    static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 404 -> CommonErrors.NOT_FOUND;
            case 405 -> CommonErrors.METHOD_NOT_ALLOWED;
            case 406 -> CommonErrors.NOT_ACCEPTABLE;
            case 413 -> CommonErrors.PAYLOAD_TOO_LARGE;
            case 415 -> CommonErrors.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> CommonErrors.UNAVAILABLE;
            default ->
                    status >= 400 && status < 500
                            ? new ErrorCode("BAD_REQUEST", status, "The request cannot be read")
                            : CommonErrors.INTERNAL;
        };
    }
}
