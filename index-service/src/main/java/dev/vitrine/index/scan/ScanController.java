package dev.vitrine.index.scan;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.wire.Topics;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Streams everything to a shard that has no snapshot. */
@RestController
@ConditionalOnRole(Role.WRITER)
final class ScanController {

    private static final int BUFFER = 64 * 1024;
    private static final int MOST_DELETIONS = 10_000_000;

    private final StateScan scan;
    private final Semaphore scans;

    ScanController(StateScan scan, ScanProperties properties) {
        this.scan = scan;
        this.scans = new Semaphore(properties.maxConcurrent());
    }

    /** Newline-delimited JSON, a {@code StateLine} each; complete only with its last line. */
    @GetMapping("/internal/v1/state")
    void state(
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "63") int last,
            @RequestParam(defaultValue = "100000") int deletions,
            HttpServletResponse response)
            throws IOException {
        if (first < 0 || first > last || last >= Topics.STATE_PARTITIONS) {
            throw invalid("first", "partitions lie in 0 to " + (Topics.STATE_PARTITIONS - 1));
        }
        if (deletions < 0 || deletions > MOST_DELETIONS) {
            throw invalid("deletions", "must be 0 to " + MOST_DELETIONS);
        }
        if (!scans.tryAcquire()) {
            throw new ProblemException(CommonErrors.OVERLOADED, "other shards are being rebuilt")
                    .withRetryAfter(Duration.ofSeconds(2));
        }
        try {
            response.setContentType("application/x-ndjson");
            OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
            scan.read(
                    first,
                    last,
                    deletions,
                    line -> {
                        try {
                            out.write(WireJson.write(line));
                            out.write('\n');
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            out.flush();
        } catch (UncheckedIOException e) {
            // The shard went away; nobody is left to be told.
            throw e.getCause();
        } finally {
            scans.release();
        }
    }

    private static ProblemException invalid(String parameter, String message) {
        return new ProblemException(CommonErrors.INVALID_PARAMETER, message)
                .withErrors(List.of(new FieldError(parameter, message)));
    }
}
