package dev.vitrine.index.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.contracts.catalog.WriteResult;
import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.servicekit.ProblemAdvice;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.WireJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write, as it is kept under an idempotency key. One of the two is there.
 *
 * @param result of an accepted write
 * @param problem of a refused one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptOutcome(@Nullable WriteResult result, @Nullable Problem problem) {

    static KeptOutcome of(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Accepted accepted -> new KeptOutcome(accepted.result(), null);
            case WriteOutcome.Refused refused -> {
                ProblemException why = refused.problem();
                yield new KeptOutcome(
                        null, ProblemAdvice.problem(why.code(), why.detail(), why.errors(), null));
            }
        };
    }

    static KeptOutcome read(String json) {
        return WireJson.mapper().readValue(json, KeptOutcome.class);
    }

    String json() {
        return WireJson.mapper().writeValueAsString(this);
    }

    WriteResult resultOrThrow() {
        if (problem == null) {
            return Objects.requireNonNull(result);
        }
        throw new ProblemException(
                        new ErrorCode(problem.code(), problem.status(), problem.title()),
                        Objects.requireNonNullElse(problem.detail(), problem.title()))
                .withErrors(problem.errors());
    }
}
