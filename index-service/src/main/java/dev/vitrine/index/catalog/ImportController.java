package dev.vitrine.index.catalog;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final int SNIFFED = 8 * 1024;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Catalogs catalogs;
    private final CatalogWriter writer;
    private final DocumentReader reader;
    private final ImportProperties properties;
    private final Clock clock;
    private final Semaphore slots;

    ImportController(
            Catalogs catalogs,
            CatalogWriter writer,
            DocumentReader reader,
            ImportProperties properties,
            Clock clock) {
        this.catalogs = catalogs;
        this.writer = writer;
        this.reader = reader;
        this.properties = properties;
        this.clock = clock;
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
        ImportMode mode = ImportMode.of(parameters.getFirst("mode"));
        char separator = separator(parameters.getFirst("separator"));
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
            ImportSource source = source(request, separator);
            ImportResult.Summary summary =
                    new ProductImport(writer, reader, properties, clock, ref, mode, spool)
                            .run(source);
            log.info(
                    "import into {}: {} accepted, {} rejected, {} s",
                    ref.key(),
                    summary.accepted(),
                    summary.rejected(),
                    summary.seconds());
            answer(response, spool);
        } finally {
            slots.release();
        }
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

    private ImportSource source(HttpServletRequest request, char separator) throws IOException {
        int maxLine = Math.toIntExact(properties.maxLineSize().toBytes());
        BufferedInputStream body = body(request);
        String type = mediaType(request.getContentType());
        // A window one byte larger than the longest line shows whether the line is too long.
        return switch (type) {
            case "text/csv", "application/csv", "text/tab-separated-values" ->
                    new CsvSource(
                            new LineBuffer(body, maxLine + 1),
                            type.startsWith("text/tab") ? '\t' : separator,
                            maxLine);
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/json" ->
                    new NdjsonSource(new LineBuffer(body, maxLine + 1), maxLine);
            default -> {
                if (!looksLikeJson(body)) {
                    throw new ProblemException(
                            CommonErrors.UNSUPPORTED_MEDIA_TYPE,
                            "send application/x-ndjson or text/csv");
                }
                yield new NdjsonSource(new LineBuffer(body, maxLine + 1), maxLine);
            }
        };
    }

    /** The body, decompressed if its first bytes say so; nobody's header has to be right. */
    private BufferedInputStream body(HttpServletRequest request) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(request.getInputStream(), SNIFFED);
        raw.mark(2);
        boolean gzip = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
        raw.reset();
        InputStream plain = raw;
        if (gzip) {
            try {
                plain = new GZIPInputStream(raw, SNIFFED);
            } catch (IOException e) {
                throw new ProblemException(
                        WriterErrors.IMPORT_BROKEN_OFF, "the gzip header is damaged", e);
            }
        }
        return new BufferedInputStream(
                new LimitedInputStream(plain, properties.maxBodySize().toBytes()), SNIFFED);
    }

    /** Whether the first thing in the body is an object; an empty body counts as well. */
    private static boolean looksLikeJson(BufferedInputStream body) throws IOException {
        body.mark(SNIFFED);
        int first;
        int read = 0;
        do {
            first = body.read();
            read++;
        } while (read < SNIFFED - 1 && isPadding(first));
        body.reset();
        return first == '{' || first < 0;
    }

    private static boolean isPadding(int b) {
        // White space, or a byte of the byte order mark.
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0xEF || b == 0xBB
                || b == 0xBF;
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
