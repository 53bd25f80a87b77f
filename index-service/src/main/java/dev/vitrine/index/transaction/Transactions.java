package dev.vitrine.index.transaction;

import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction. Two writers in each other's way are resolved by trying again; a
 * database that is away or takes no writes is UNAVAILABLE with a hint when to come back.
 * Thread-safe.
 */
public final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 6;

    private static final List<Class<? extends Throwable>> CONFLICT =
            List.of(ConcurrencyFailureException.class, DuplicateKeyException.class);

    private static final List<Class<? extends Throwable>> AWAY =
            List.of(
                    DataAccessResourceFailureException.class,
                    TransientDataAccessException.class,
                    RecoverableDataAccessException.class,
                    CannotCreateTransactionException.class,
                    TransactionSystemException.class);

    /** SQLSTATE {@code read_only_sql_transaction}: a standby, or a disk that is nearly full. */
    private static final String READ_ONLY = "25006";

    private final TransactionTemplate template;
    private final Duration retryAfter;

    public Transactions(PlatformTransactionManager manager, Duration retryAfter) {
        this.template = new TransactionTemplate(manager);
        this.retryAfter = retryAfter;
    }

    /**
     * Runs the work; it is repeated as a whole after a conflict, so it must start from nothing.
     * Within a transaction of this thread it joins that one.
     *
     * @throws ProblemException with UNAVAILABLE, or CONFLICT when others were always first
     */
    public <T> T run(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            // Part of a larger piece of work, which is repeated as a whole.
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return template.execute(status -> work.get());
            } catch (RuntimeException e) {
                if (isOf(CONFLICT, e)) {
                    if (attempt < ATTEMPTS) {
                        log.debug("conflict, attempt {}", attempt, e);
                        continue;
                    }
                    throw new ProblemException(
                                    CommonErrors.CONFLICT,
                                    "other writes of the same product were always first",
                                    e)
                            .withRetryAfter(retryAfter);
                }
                if (isOf(AWAY, e)) {
                    throw new ProblemException(
                                    CommonErrors.UNAVAILABLE, "the database does not answer", e)
                            .withRetryAfter(retryAfter);
                }
                if (isReadOnly(e)) {
                    throw new ProblemException(
                                    CommonErrors.UNAVAILABLE,
                                    "the database takes no writes at the moment",
                                    e)
                            .withRetryAfter(retryAfter);
                }
                throw e;
            }
        }
    }

    private static boolean isReadOnly(Throwable error) {
        return find(
                error,
                cause -> cause instanceof SQLException sql && READ_ONLY.equals(sql.getSQLState()));
    }

    private static boolean isOf(List<Class<? extends Throwable>> kinds, Throwable error) {
        return find(error, cause -> kinds.stream().anyMatch(kind -> kind.isInstance(cause)));
    }

    /** Whether there is such a cause; Spring Data wraps what the driver throws. */
    private static boolean find(Throwable error, Predicate<Throwable> wanted) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
