package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.idempotency.RequestKey;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * {@code POST /v1/catalogs/{catalog}/products:import}: NDJSON or CSV in, gzip or not, one result
 * line out for each line in.
 */
@RestController
@ConditionalOnRole(Role.WRITER)
final class ImportController {

    private static final Logger log = LoggerFactory.getLogger(ImportController.class);
    private final Catalogs catalogs;
    private final Imports imports;
    private final ImportProperties properties;
    private final Semaphore slots;

    ImportController(Catalogs catalogs, Imports imports, ImportProperties properties) {
        this.catalogs = catalogs;
        this.imports = imports;
        this.properties = properties;
        this.slots = new Semaphore(properties.maxConcurrent());
    }

    @PostMapping("/v1/catalogs/{catalog}/products:import")
    void run(
            @PathVariable String catalog,
            HttpServletRequest request,
            HttpServletResponse response,
            RequestContext context)
            throws IOException {
        CatalogRef ref = context.catalog(catalog);
        MultiValueMap<String, String> parameters = parameters(request);
        ImportSpec spec =
                new ImportSpec(
                        ImportMode.of(parameters.getFirst("mode")),
                        mediaType(request.getContentType()),
                        separator(parameters.getFirst("separator")));
        boolean async = async(parameters.getFirst("async"));
        String key = request.getHeader(RequestKey.HEADER);
        if (key != null && !async) {
            String message = "of an import works with ?async=true only";
            throw new ProblemException(
                            CommonErrors.INVALID_PARAMETER, RequestKey.HEADER + " " + message)
                    .withErrors(List.of(new FieldError(RequestKey.HEADER, message)));
        }
        if (request.getContentLengthLong() > properties.maxBodySize().toBytes()) {
            throw new ProblemException(
                    WriterErrors.IMPORT_TOO_LARGE,
                    "an import may have " + properties.maxBodySize().toMegabytes() + " MB");
        }
        catalogs.require(ref);
        if (!slots.tryAcquire()) {
            throw new ProblemException(
                            CommonErrors.OVERLOADED,
                            properties.maxConcurrent() + " imports are under way")
                    .withRetryAfter(Duration.ofSeconds(5));
        }
        try (ResultSpool spool = new ResultSpool(properties.resultMemory().toBytes())) {
            if (async) {
                String task = imports.accept(ref, spec, request.getInputStream(), key);
                accepted(response, task);
            } else {
                imports.run(ref, spec, request.getInputStream(), spool);
                answer(response, spool);
            }
        } finally {
            slots.release();
        }
    }

    /** The body is committed; what becomes of its lines, the task will tell. */
    private static void accepted(HttpServletResponse response, String task) throws IOException {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(HttpHeaders.LOCATION, "/v1/tasks/" + task);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(WireJson.write(Map.of("task", task)));
        response.flushBuffer();
    }

    private static void answer(HttpServletResponse response, ResultSpool spool) {
        response.setContentType("application/x-ndjson");
        response.setCharacterEncoding("UTF-8");
        try {
            spool.copyTo(response.getOutputStream());
            response.flushBuffer();
        } catch (IOException e) {
            log.info("the client of an import went away before its answer: {}", e.toString());
        }
    }

    private static boolean async(@Nullable String value) {
        return switch (value) {
            case null -> false;
            case "false" -> false;
            case "true", "" -> true;
            default -> {
                String message = "must be true or false";
                throw new ProblemException(
                                CommonErrors.INVALID_PARAMETER, "parameter 'async' " + message)
                        .withErrors(List.of(new FieldError("async", message)));
            }
        };
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static char separator(@Nullable String separator) {
        if (separator == null) {
            return ',';
        }
        String one = separator.equals("tab") || separator.equals("\\t") ? "\t" : separator;
        if (one.length() != 1 || one.charAt(0) > '~' || "\"\r\n".contains(one)) {
            String message = "must be one ASCII character, or 'tab'";
            throw new ProblemException(
                            CommonErrors.INVALID_PARAMETER, "parameter 'separator' " + message)
                    .withErrors(List.of(new FieldError("separator", message)));
        }
        return one.charAt(0);
    }

    /**
     * The parameters of the address. Asking the request would make the container read a body that a
     * client sends as a form, which is what curl says if it is not told otherwise.
     */
    private static MultiValueMap<String, String> parameters(HttpServletRequest request) {
        MultiValueMap<String, String> parameters =
                UriComponentsBuilder.newInstance()
                        .query(request.getQueryString())
                        .build()
                        .getQueryParams();
        var decoded = new LinkedMultiValueMap<String, String>();
        parameters.forEach((name, values) ->
                values.forEach(value ->
                        decoded.add(name, value == null ? "" : decode(value.replace('+', ' ')))));
        return decoded;
    }

    private static String decode(String value) {
        try {
            return UriUtils.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    CommonErrors.INVALID_PARAMETER, "a parameter is not encoded rightly", e);
        }
    }
}
