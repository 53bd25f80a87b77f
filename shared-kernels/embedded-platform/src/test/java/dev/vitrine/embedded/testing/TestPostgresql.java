package dev.vitrine.embedded.testing;

import dev.vitrine.embedded.PgvectorAvailability;
import java.sql.SQLException;

/** A running PostgreSQL, wherever it came from. */
interface TestPostgresql extends AutoCloseable {

    /** One line for the person who reads the test's output. */
    String description();

    PgvectorAvailability pgvector();

    TestDatabase createDatabase(String name) throws SQLException;

    @Override
    void close();
}
