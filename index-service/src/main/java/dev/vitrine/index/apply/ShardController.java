package dev.vitrine.index.apply;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ProductKey;
import dev.vitrine.contracts.index.AppliedResult;
import dev.vitrine.contracts.index.ShardStatus;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.execute.Generation;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says how far the shard is, and waits for a change on behalf of a writer's client. */
@RestController
@ConditionalOnRole(Role.SHARD)
@RequestMapping("/internal/v1/catalogs/{catalog}")
final class ShardController {

    private static final long TIMEOUT_MAX_MILLIS = 60_000;

    private final Shard shard;
    private final ShardLifecycle lifecycle;

    ShardController(Shard shard, ShardLifecycle lifecycle) {
        this.shard = shard;
        this.lifecycle = lifecycle;
    }

    @GetMapping("/status")
    ShardStatus status(RequestContext context, @PathVariable String catalog) {
        CatalogRef ref = context.catalog(catalog);
        long behind = lifecycle.settle(context.deadline());
        CatalogShard.Published published =
                shard.find(ref)
                        .map(CatalogShard::published)
                        .orElseThrow(() ->
                                new ProblemException(
                                        CommonErrors.CATALOG_NOT_FOUND,
                                        "the index has no catalogue '" + catalog + "'"));
        Generation generation = published.generation();
        return new ShardStatus(
                generation.columns().size(),
                generation.vectors().size(),
                published.pending(),
                behind,
                generation.number(),
                generation.schemaVersion());
    }

    /** Long poll; with virtual threads a waiting request holds no platform thread. */
    @GetMapping("/applied")
    AppliedResult applied(
            RequestContext context,
            @PathVariable String catalog,
            @RequestParam String id,
            @RequestParam long version,
            @RequestParam(defaultValue = "5000") long timeoutMs)
            throws InterruptedException {
        if (!ProductKey.isId(id)) {
            throw invalid("/id", "no product can have this id");
        }
        if (timeoutMs < 0 || timeoutMs > TIMEOUT_MAX_MILLIS) {
            throw invalid("/timeoutMs", "must be 0 to " + TIMEOUT_MAX_MILLIS);
        }
        return new AppliedResult(
                shard.awaitSearchable(
                        new ProductKey(context.catalog(catalog), id),
                        version,
                        context.deadline().atMost(Duration.ofMillis(timeoutMs))));
    }

    private static ProblemException invalid(String pointer, String message) {
        return new ProblemException(CommonErrors.INVALID_REQUEST, message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }
}
