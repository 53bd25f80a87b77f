package dev.vitrine.contracts.index;

/** A filter that cannot be read. */
public final class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer JSON pointer below {@code /filter}, or {@code @n} with the position in the
     *     string notation, counted from 1
     * @param message what is wrong and what was expected
     */
    public FilterException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** Where: a JSON pointer relative to the filter, or {@code @n} in a string. */
    public String pointer() {
        return pointer;
    }
}
