package dev.vitrine.index.column;

/** A facet or a sort order names a field that cannot be used so. */
public final class FieldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    FieldException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** JSON pointer into the request. */
    public String pointer() {
        return pointer;
    }
}
