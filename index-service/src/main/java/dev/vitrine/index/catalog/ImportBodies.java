package dev.vitrine.index.catalog;

import dev.vitrine.index.task.Housekeeping;
import dev.vitrine.index.transaction.Transactions;
import dev.vitrine.servicekit.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Bodies of imports that are worked on in the background, in PostgreSQL: whoever runs the task next
 * reads it there, whichever machine took it in. Thread-safe.
 */
final class ImportBodies implements Housekeeping {

    private static final int PART = 1024 * 1024;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final long maxBytes;

    /**
     * @param maxBytes largest body as it was sent
     */
    ImportBodies(JdbcClient jdbc, Transactions transactions, long maxBytes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.maxBytes = maxBytes;
    }

    /**
     * Keeps a body, part by part, each committed by itself: no connection is held while a slow
     * client thinks. It counts only once its task was handed over.
     *
     * @throws IOException when the body breaks off or is too large
     * @throws ProblemException with UNAVAILABLE
     */
    void keep(String task, InputStream body) throws IOException {
        InputStream limited = new LimitedInputStream(body, maxBytes);
        for (int part = 0; ; part++) {
            byte[] bytes = limited.readNBytes(PART);
            if (bytes.length == 0) {
                return;
            }
            int number = part;
            transactions.run(() ->
                    jdbc.sql("INSERT INTO import_body (task_id, part, bytes) VALUES (?, ?, ?)")
                            .params(task, number, bytes)
                            .update());
        }
    }

    /** The body from its beginning; holds one part in memory and no connection. */
    InputStream open(String task) {
        return new Parts(task);
    }

    /** Forgets the bodies of tasks that are over. */
    @Override
    public void tidy() {
        jdbc.sql(
                        """
                        DELETE FROM import_body b
                        WHERE NOT EXISTS (
                            SELECT FROM task t WHERE t.id = b.task_id AND t.finished_at IS NULL)
                        """)
                .update();
    }

    private byte[] part(String task, int part) {
        return transactions.run(() ->
                jdbc.sql("SELECT bytes FROM import_body WHERE task_id = ? AND part = ?")
                        .params(task, part)
                        .query((row, number) -> row.getBytes(1))
                        .optional()
                        .orElseGet(() -> new byte[0]));
    }

    /** One part after the other; the first that is missing is the end. */
    private final class Parts extends InputStream {

        private final String task;
        private int next;
        private byte[] bytes = new byte[0];
        private int position;

        Parts(String task) {
            this.task = task;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (length == 0) {
                return 0;
            }
            if (position == bytes.length) {
                bytes = part(task, next);
                position = 0;
                if (bytes.length == 0) {
                    return -1;
                }
                next++;
            }
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, from, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return bytes.length - position;
        }
    }
}
