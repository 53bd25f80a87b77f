package dev.vitrine.pgvector;

import java.sql.SQLException;

/** PostgreSQL did not do what was asked; the cause says why. */
public final class PgvectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PgvectorException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
