package dev.vitrine.standalone.source;

/** Says that a product file cannot be read as NDJSON or CSV, in words for its owner. */
public final class ProductFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProductFileException(String message) {
        super(message);
    }

    public ProductFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
