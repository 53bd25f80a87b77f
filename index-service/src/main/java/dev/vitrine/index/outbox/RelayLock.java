package dev.vitrine.index.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The right to publish, held by one process of a database at a time: a session-level advisory lock
 * on a connection of its own. A process that dies loses its connection and with it the lock. Not
 * thread-safe: the relay's thread only.
 */
final class RelayLock implements AutoCloseable {

    /** "vitrine" as two letters a number; advisory locks of others must not be equal. */
    private static final long KEY = 0x766974726e6f7462L;

    private static final int ALIVE_SECONDS = 2;

    private final DataSource database;
    private @Nullable Connection connection;

    RelayLock(DataSource database) {
        this.database = database;
    }

    /** Whether this process holds the lock now; takes it when it is free. */
    boolean held() throws SQLException {
        if (connection != null) {
            if (connection.isValid(ALIVE_SECONDS)) {
                return true;
            }
            close();
        }
        Connection candidate = database.getConnection();
        boolean locked = false;
        try (PreparedStatement ask = candidate.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            ask.setLong(1, KEY);
            try (ResultSet answer = ask.executeQuery()) {
                locked = answer.next() && answer.getBoolean(1);
            }
        } finally {
            if (!locked) {
                candidate.close();
            }
        }
        if (locked) {
            connection = candidate;
        }
        return locked;
    }

    /** Gives the lock up, if it is held. */
    @Override
    public void close() throws SQLException {
        Connection held = connection;
        connection = null;
        if (held == null) {
            return;
        }
        // The pool keeps the session open, so the lock must be given back before the connection.
        try (held;
                PreparedStatement unlock = held.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            unlock.setLong(1, KEY);
            unlock.execute();
        }
    }
}
