package dev.vitrine.contracts.wire;

/** HTTP headers between services; the gateway removes them from requests of the outside. */
public final class InternalHeaders {

    /** The tenant on whose behalf a call is made. */
    public static final String TENANT = "Vitrine-Tenant";

    /** Milliseconds that the caller will still wait. */
    public static final String DEADLINE_MILLIS = "Vitrine-Deadline-Millis";

    /** The tenant of a system that has not defined any. */
    public static final String DEFAULT_TENANT = "default";

    private InternalHeaders() {}
}
