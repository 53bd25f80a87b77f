package dev.vitrine.embedding.encode;

/** A model that cannot be used, or a text for which it gives no usable vector. */
public final class EncodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncodeException(String message) {
        super(message);
    }

    public EncodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
