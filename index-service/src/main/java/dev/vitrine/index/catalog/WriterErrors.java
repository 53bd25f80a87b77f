package dev.vitrine.index.catalog;

import dev.vitrine.contracts.problem.ErrorCode;

/** Errors of catalogues, products and imports. Codes are stable: clients switch on them. */
final class WriterErrors {

    static final ErrorCode SCHEMA_INVALID =
            new ErrorCode("SCHEMA_INVALID", 422, "The schema cannot be used");
    static final ErrorCode CATALOG_NAME_INVALID =
            new ErrorCode("CATALOG_NAME_INVALID", 422, "No catalogue can have this name");
    static final ErrorCode CATALOG_BEING_DELETED =
            new ErrorCode("CATALOG_BEING_DELETED", 409, "The catalogue is still being deleted");
    static final ErrorCode TOO_MANY_CATALOGS =
            new ErrorCode("TOO_MANY_CATALOGS", 409, "No more catalogues are allowed");
    static final ErrorCode PRODUCT_INVALID =
            new ErrorCode("PRODUCT_INVALID", 422, "The product does not fit its catalogue");
    static final ErrorCode PRODUCT_ID_INVALID =
            new ErrorCode("PRODUCT_ID_INVALID", 422, "The product has no usable id");
    static final ErrorCode PRODUCT_TOO_LARGE =
            new ErrorCode("PRODUCT_TOO_LARGE", 413, "The product is too large");
    static final ErrorCode PRODUCT_EXISTS =
            new ErrorCode("PRODUCT_EXISTS", 409, "The product exists already");
    static final ErrorCode INVALID_ENCODING =
            new ErrorCode("INVALID_ENCODING", 400, "The text is not UTF-8");
    static final ErrorCode LINE_TOO_LONG =
            new ErrorCode("LINE_TOO_LONG", 413, "The line is too long");
    static final ErrorCode MALFORMED_CSV =
            new ErrorCode("MALFORMED_CSV", 400, "The row is not valid CSV");
    static final ErrorCode CSV_HEADER_INVALID =
            new ErrorCode("CSV_HEADER_INVALID", 422, "The CSV header cannot be used");
    static final ErrorCode CSV_COLUMNS =
            new ErrorCode("CSV_COLUMNS", 422, "The row has another number of columns");
    static final ErrorCode IMPORT_TOO_LARGE =
            new ErrorCode("IMPORT_TOO_LARGE", 413, "The import is too large");
    static final ErrorCode IMPORT_BROKEN_OFF =
            new ErrorCode("IMPORT_BROKEN_OFF", 400, "The body ends too early");

    static final ErrorCode REPLACE_UNDER_WAY =
            new ErrorCode("REPLACE_UNDER_WAY", 409, "The catalogue is being replaced");
    static final ErrorCode NAME_IS_ALIAS =
            new ErrorCode("NAME_IS_ALIAS", 409, "The name is an alias");
    static final ErrorCode NAME_IS_CATALOG =
            new ErrorCode("NAME_IS_CATALOG", 409, "The name is a catalogue");
    static final ErrorCode CATALOG_HAS_ALIASES =
            new ErrorCode("CATALOG_HAS_ALIASES", 409, "Aliases stand for the catalogue");
    static final ErrorCode ALIAS_NOT_FOUND =
            new ErrorCode("ALIAS_NOT_FOUND", 404, "There is no such alias");
    static final ErrorCode ALIAS_INVALID =
            new ErrorCode("ALIAS_INVALID", 422, "The alias cannot be made");
    static final ErrorCode TOO_MANY_ALIASES =
            new ErrorCode("TOO_MANY_ALIASES", 409, "No more aliases are allowed");

    private WriterErrors() {}
}
