package dev.vitrine.gateway.event;

import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/events}. */
@RestController
final class EventController {

    private final EventIntake intake;

    EventController(EventIntake intake) {
        this.intake = intake;
    }

    // JSON whatever the label says: a browser's beacon may only say text/plain, curl says a form.
    @PostMapping(path = "/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Takes what visitors did; accepted is what the log has acknowledged",
            tags = "events",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = EventBatch.class))))
    ResponseEntity<EventReport> events(HttpServletRequest request, RequestContext context)
            throws InterruptedException {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(intake.take(body(request), context));
    }

    /** As it came: Spring makes the body of what is called a form anew from its parameters. */
    private static byte[] body(HttpServletRequest request) {
        try {
            return request.getInputStream().readAllBytes();
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    CommonErrors.MALFORMED_JSON, "the body cannot be read to its end", brokenOff);
        }
    }
}
