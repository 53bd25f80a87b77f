package dev.vitrine.gateway.edge;

import dev.vitrine.contracts.problem.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words the failures that Tomcat finds before any servlet runs (a malformed request line, a
 * forbidden character in the address), which would be HTML pages otherwise.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(Problem.MEDIA_TYPE);
            String path = request.getRequestURI();
            response.getOutputStream()
                    .write(Problems.body(Problems.ofStatus(status), "", path == null ? "" : path));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("the client did not get its error", e);
        }
    }
}
