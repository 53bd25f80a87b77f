package dev.vitrine.servicekit;

import dev.vitrine.contracts.problem.ErrorCode;

/** Errors that more than one service answers. Codes are stable: clients switch on them. */
public final class CommonErrors {

    public static final ErrorCode MALFORMED_JSON =
            new ErrorCode("MALFORMED_JSON", 400, "The body is not valid JSON");
    public static final ErrorCode INVALID_PARAMETER =
            new ErrorCode("INVALID_PARAMETER", 400, "A parameter cannot be read");
    public static final ErrorCode INVALID_REQUEST =
            new ErrorCode("INVALID_REQUEST", 422, "The request makes no sense");
    public static final ErrorCode FILTER_INVALID =
            new ErrorCode("FILTER_INVALID", 422, "The filter cannot be used");
    public static final ErrorCode NOT_FOUND =
            new ErrorCode("NOT_FOUND", 404, "There is nothing at this address");
    public static final ErrorCode CATALOG_NOT_FOUND =
            new ErrorCode("CATALOG_NOT_FOUND", 404, "There is no such catalogue");
    public static final ErrorCode PRODUCT_NOT_FOUND =
            new ErrorCode("PRODUCT_NOT_FOUND", 404, "There is no such product");
    public static final ErrorCode METHOD_NOT_ALLOWED =
            new ErrorCode("METHOD_NOT_ALLOWED", 405, "This method is not offered here");
    public static final ErrorCode NOT_ACCEPTABLE =
            new ErrorCode("NOT_ACCEPTABLE", 406, "No answer in the accepted media types");
    public static final ErrorCode CONFLICT =
            new ErrorCode("CONFLICT", 409, "The request conflicts with the present state");
    public static final ErrorCode PRECONDITION_FAILED =
            new ErrorCode("PRECONDITION_FAILED", 412, "The product has another version");
    public static final ErrorCode PAYLOAD_TOO_LARGE =
            new ErrorCode("PAYLOAD_TOO_LARGE", 413, "The body is too large");
    public static final ErrorCode UNSUPPORTED_MEDIA_TYPE =
            new ErrorCode("UNSUPPORTED_MEDIA_TYPE", 415, "This media type cannot be read");
    public static final ErrorCode OVERLOADED =
            new ErrorCode("OVERLOADED", 429, "Too many requests at once");
    public static final ErrorCode INTERNAL =
            new ErrorCode("INTERNAL", 500, "An error of the service itself");
    public static final ErrorCode UNAVAILABLE =
            new ErrorCode("UNAVAILABLE", 503, "A part that is needed is not available");
    public static final ErrorCode TIMEOUT =
            new ErrorCode("TIMEOUT", 504, "The answer took longer than the caller waits");

    private CommonErrors() {}
}
