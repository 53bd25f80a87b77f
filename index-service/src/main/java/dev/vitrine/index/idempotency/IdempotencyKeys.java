package dev.vitrine.index.idempotency;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.task.Housekeeping;
import dev.vitrine.servicekit.ProblemException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was answered under each key, in PostgreSQL. Thread-safe.
 *
 * <p>The key is written first. A second request under it waits at the key's row until the first one
 * has committed, and then finds its answer; if the first one rolled back, the second one works.
 */
public final class IdempotencyKeys implements Housekeeping {

    static final ErrorCode IDEMPOTENCY_KEY_REUSED =
            new ErrorCode("IDEMPOTENCY_KEY_REUSED", 422, "The key was used for another request");

    private final JdbcClient jdbc;
    private final IdempotencyProperties properties;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, IdempotencyProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    private record Kept(String fingerprint, @Nullable String answer) {}

    /**
     * Does the work unless it was done under this key before. Belongs into the transaction of the
     * work: what the work does and its answer are committed together.
     *
     * @param work does it and says what is to be answered
     * @return what is to be answered, now or as before
     * @throws ProblemException with IDEMPOTENCY_KEY_REUSED
     */
    public String once(RequestKey key, Supplier<String> work) {
        int rows =
                jdbc.sql(
                                """
                                INSERT INTO idempotency_key (tenant, key, fingerprint, created_at)
                                VALUES (?, ?, ?, ?)
                                ON CONFLICT DO NOTHING
                                """)
                        .params(key.tenant(), key.key(), key.fingerprint(), now())
                        .update();
        if (rows == 0) {
            return find(key)
                    .orElseThrow(() ->
                            new OptimisticLockingFailureException("the key was just forgotten"));
        }
        String answer = work.get();
        jdbc.sql("UPDATE idempotency_key SET answer = ? WHERE tenant = ? AND key = ?")
                .params(answer, key.tenant(), key.key())
                .update();
        return answer;
    }

    /** Whether something was answered under this key, whatever was asked. */
    public boolean known(String tenant, String key) {
        return kept(tenant, key).isPresent();
    }

    /**
     * What was answered under this key.
     *
     * @throws ProblemException with IDEMPOTENCY_KEY_REUSED
     */
    public Optional<String> find(RequestKey key) {
        return kept(key.tenant(), key.key())
                .map(kept -> {
                    if (!kept.fingerprint().equals(key.fingerprint())) {
                        String message = "was sent before with another request";
                        throw new ProblemException(
                                        IDEMPOTENCY_KEY_REUSED, RequestKey.HEADER + " " + message)
                                .withErrors(List.of(new FieldError(RequestKey.HEADER, message)));
                    }
                    return Objects.requireNonNull(kept.answer());
                });
    }

    private Optional<Kept> kept(String tenant, String key) {
        return jdbc.sql(
                        "SELECT fingerprint, answer FROM idempotency_key"
                                + " WHERE tenant = ? AND key = ?")
                .params(tenant, key)
                .query((row, number) -> new Kept(row.getString(1), row.getString(2)))
                .optional();
    }

    @Override
    public void tidy() {
        jdbc.sql("DELETE FROM idempotency_key WHERE created_at < ?")
                .param(now().minus(properties.keep()))
                .update();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
