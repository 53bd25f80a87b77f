package dev.vitrine.servicekit;

import dev.vitrine.contracts.index.FilterException;
import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** The one place where exceptions become problem JSON (RFC 9457). */
@RestControllerAdvice
public final class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> handle(ProblemException exception, HttpServletRequest request) {
        if (exception.code().status() >= 500) {
            log.warn(
                    "{} {}: {} {} ({})",
                    request.getMethod(),
                    request.getRequestURI(),
                    exception.code().code(),
                    exception.detail(),
                    String.valueOf(exception.getCause()));
            log.debug("where it came from", exception);
        }
        return answer(
                exception.code(),
                exception.detail(),
                exception.errors(),
                exception.retryAfter(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(FilterException exception, HttpServletRequest request) {
        return answer(
                CommonErrors.FILTER_INVALID,
                String.valueOf(exception.getMessage()),
                List.of(filterError(exception)),
                null,
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(
            HttpMessageNotReadableException exception, HttpServletRequest request) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProblemException problem -> {
                    return handle(problem, request);
                }
                case FilterException filter -> {
                    return handle(filter, request);
                }
                case DatabindException databind -> {
                    return answer(
                            CommonErrors.INVALID_REQUEST,
                            "the body has a value of the wrong kind",
                            List.of(
                                    new FieldError(
                                            pointer(databind), databind.getOriginalMessage())),
                            null,
                            request);
                }
                case JacksonException json -> {
                    return answer(
                            CommonErrors.MALFORMED_JSON,
                            json.getOriginalMessage() + location(json),
                            List.of(),
                            null,
                            request);
                }
                default -> {
                    // look at the next cause
                }
            }
        }
        return answer(CommonErrors.MALFORMED_JSON, "the body is missing or unreadable", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(TypeMismatchException exception, HttpServletRequest request) {
        String name = exception.getPropertyName();
        return answer(
                CommonErrors.INVALID_PARAMETER,
                "parameter '" + name + "' cannot be read",
                List.of(
                        new FieldError(
                                name == null ? "" : name, "cannot be read: wrong kind of value")),
                null,
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(
            ServletRequestBindingException exception, HttpServletRequest request) {
        return answer(
                CommonErrors.INVALID_PARAMETER, String.valueOf(exception.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(
            MaxUploadSizeExceededException exception, HttpServletRequest request) {
        return answer(
                CommonErrors.PAYLOAD_TOO_LARGE, String.valueOf(exception.getMessage()), request);
    }

    /** Tomcat's, when a parameter is first asked for: a query or form that cannot be read. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(
            InvalidParameterException exception, HttpServletRequest request) {
        log.debug("unreadable parameters", exception);
        return exception.getErrorCode() == CommonErrors.PAYLOAD_TOO_LARGE.status()
                ? answer(CommonErrors.PAYLOAD_TOO_LARGE, "the form is too large", request)
                : answer(
                        CommonErrors.INVALID_PARAMETER,
                        "the parameters cannot be read: expected UTF-8, percent-encoded",
                        request);
    }

    /** The client is gone: there is nobody to answer. */
    @ExceptionHandler
    void handle(AsyncRequestNotUsableException exception) {
        log.debug("client went away", exception);
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(Exception exception, HttpServletRequest request) {
        if (exception instanceof ErrorResponse response) {
            int status = response.getStatusCode().value();
            ResponseEntity<Problem> answer = answer(ofStatus(status), detail(response), request);
            HttpHeaders headers = new HttpHeaders();
            headers.addAll(response.getHeaders());
            headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(headers)
                    .body(answer.getBody());
        }
        ResponseEntity<Problem> answer =
                answer(CommonErrors.INTERNAL, "see the log under this trace id", request);
        Problem problem = answer.getBody();
        log.error(
                "{} {} failed, trace {}",
                request.getMethod(),
                request.getRequestURI(),
                problem == null ? "" : problem.traceId(),
                exception);
        return answer;
    }

    /** A filter's fault as a pointer into the request. */
    public static FieldError filterError(FilterException exception) {
        String pointer =
                exception.pointer().startsWith("@") ? "/filter" : "/filter" + exception.pointer();
        return new FieldError(pointer, String.valueOf(exception.getMessage()));
    }

    private static String detail(ErrorResponse response) {
        String detail = response.getBody().getDetail();
        return detail == null ? "" : detail;
    }

    private static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 404 -> CommonErrors.NOT_FOUND;
            case 405 -> CommonErrors.METHOD_NOT_ALLOWED;
            case 406 -> CommonErrors.NOT_ACCEPTABLE;
            case 413 -> CommonErrors.PAYLOAD_TOO_LARGE;
            case 415 -> CommonErrors.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> CommonErrors.OVERLOADED;
            case 503 -> CommonErrors.UNAVAILABLE;
            case 504 -> CommonErrors.TIMEOUT;
            default ->
                    status < 500
                            ? new ErrorCode("INVALID_REQUEST", status, "The request is wrong")
                            : CommonErrors.INTERNAL;
        };
    }

    private static String pointer(DatabindException exception) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : exception.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? Integer.toString(step.getIndex())
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String location(JacksonException exception) {
        return exception.getLocation() == null
                ? ""
                : " (line "
                        + exception.getLocation().getLineNr()
                        + ", column "
                        + exception.getLocation().getColumnNr()
                        + ")";
    }

    private static ResponseEntity<Problem> answer(
            ErrorCode code, String detail, HttpServletRequest request) {
        return answer(code, detail, List.of(), null, request);
    }

    private static ResponseEntity<Problem> answer(
            ErrorCode code,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            HttpServletRequest request) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(code.status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter != null) {
            builder.header(
                    HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return builder.body(problem(code, detail, errors, request.getRequestURI()));
    }

    /** The problem for places that answer outside a controller. */
    public static Problem problem(
            ErrorCode code, String detail, List<FieldError> errors, @Nullable String instance) {
        return new Problem(
                "urn:vitrine:problem:" + code.code(),
                code.title(),
                code.status(),
                detail.isEmpty() ? null : detail,
                instance,
                code.code(),
                errors,
                newTraceId());
    }

    private static String newTraceId() {
        byte[] bytes = new byte[16];
        RandomGenerator.getDefault().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
