package dev.vitrine.index.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Chooses the adapter once, at start, and makes the table fit.
 *
 * <p>The migration makes a {@code real[]} column, so it runs on every PostgreSQL. Where the
 * extension can be made the column is converted, once: an extension may be installed between two
 * starts, and vectors kept before then must not be lost, since their records are not read again.
 */
final class EmbeddingStoreSelection {

    private static final Logger log = LoggerFactory.getLogger(EmbeddingStoreSelection.class);

    private static final String COLUMN_TYPE =
            """
            SELECT t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = 'product_embedding'::regclass AND a.attname = 'vector'
            """;

    private static final String EXTENSION =
            """
            SELECT e.extversion, n.nspname
            FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'vector'
            """;

    /**
     * The extension as it is installed.
     *
     * @param version its version
     * @param schema where its type lives
     */
    private record Extension(String version, String schema) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    EmbeddingStoreSelection(JdbcTemplate jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(manager);
    }

    EmbeddingStore select(StoreProperties.Type type) {
        EmbeddingStore store =
                switch (type) {
                    case AUTO -> automatic();
                    case PGVECTOR -> pgvector();
                    case PLAIN_ARRAY ->
                            isPgvector() ? pgvector() : plain("index.store.type asks for it");
                };
        log.info("vectors beside the products: {}", store.description());
        return store;
    }

    private EmbeddingStore automatic() {
        try {
            return pgvector();
        } catch (DataAccessException e) {
            if (isPgvector()) {
                throw e;
            }
            log.debug("no pgvector", e);
            return plain(firstLine(e.getMostSpecificCause()));
        }
    }

    private EmbeddingStore pgvector() {
        jdbc.execute("CREATE EXTENSION IF NOT EXISTS vector");
        Extension extension =
                jdbc.queryForObject(
                        EXTENSION,
                        (row, number) -> new Extension(row.getString(1), row.getString(2)));
        if (extension == null) {
            throw new IllegalStateException("the extension was made and is not there");
        }
        convert(extension);
        return new PgvectorEmbeddingStore(jdbc, extension.version(), extension.schema());
    }

    /** Makes the column pgvector's; two processes may start at once. */
    private void convert(Extension extension) {
        transactions.executeWithoutResult(status -> {
            jdbc.execute("LOCK TABLE product_embedding IN ACCESS EXCLUSIVE MODE");
            if (!isPgvector()) {
                String type = '"' + extension.schema() + "\".vector";
                jdbc.execute(
                        "ALTER TABLE product_embedding ALTER COLUMN vector TYPE "
                                + type
                                + " USING vector::"
                                + type);
            }
        });
    }

    private EmbeddingStore plain(String reason) {
        return new PlainArrayEmbeddingStore(jdbc, transactions, reason);
    }

    private boolean isPgvector() {
        return "vector".equals(jdbc.queryForObject(COLUMN_TYPE, String.class));
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
