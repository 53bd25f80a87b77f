package dev.vitrine.servicekit;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.FieldError;
import java.util.List;

/**
 * For whom and until when a request is answered. A controller takes it as an argument.
 *
 * @param tenant tenant name
 * @param deadline when the caller stops waiting
 */
public record RequestContext(String tenant, Deadline deadline) {

    /**
     * The catalogue of this tenant with that name.
     *
     * @throws ProblemException when no catalogue can have the name
     */
    public CatalogRef catalog(String name) {
        return catalog(name, CommonErrors.CATALOG_NOT_FOUND);
    }

    /**
     * The same where the name is the caller's choice, so that a bad one is not merely unknown.
     *
     * @throws ProblemException with this code when no catalogue can have the name
     */
    public CatalogRef catalog(String name, ErrorCode unusable) {
        if (!CatalogRef.isName(name)) {
            throw new ProblemException(
                            unusable,
                            "a catalogue name has 1 to 63 lower-case letters, digits, '-' or '_', and"
                                    + " begins with a letter or digit")
                    .withErrors(List.of(new FieldError("catalog", "not a catalogue name")));
        }
        return new CatalogRef(tenant, name);
    }

    /** The same request with less time. */
    public RequestContext until(Deadline earlier) {
        return new RequestContext(tenant, earlier);
    }
}
