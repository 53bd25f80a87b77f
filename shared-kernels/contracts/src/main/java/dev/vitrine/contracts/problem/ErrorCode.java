package dev.vitrine.contracts.problem;

/**
 * A stable, greppable name of an error.
 *
 * @param code upper-case name, e.g. {@code CATALOG_NOT_FOUND}
 * @param status HTTP status, 400 to 599
 * @param title the error in a few words, the same each time
 */
public record ErrorCode(String code, int status, String title) {

    public ErrorCode {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
    }
}
