package dev.vitrine.gateway.catalog;

import dev.vitrine.contracts.index.ShardStatus;
import dev.vitrine.gateway.client.Services;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.DependencyException;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/catalogs/{catalog}}: what the writer knows and how far the shard is. */
@RestController
final class CatalogController {

    private final Services services;
    private final Duration timeout;

    CatalogController(Services services, Duration timeout) {
        this.services = services;
        this.timeout = timeout;
    }

    @GetMapping(CatalogRoutes.CATALOG)
    @Operation(
            summary = "A catalogue: schema, number of products, how many of them can be found",
            tags = "catalogs")
    ObjectNode catalog(@PathVariable String catalog, RequestContext request) {
        String name = request.catalog(catalog).catalog();
        Deadline deadline = request.deadline().atMost(timeout);
        RequestContext context = request.until(deadline);
        ObjectNode info = info(name, context);
        long outboxPending = info.path("outboxPending").asLong(0);
        Optional<ShardStatus> known = status(name, context);
        if (known.isEmpty()) {
            info.putNull("status");
            info.putArray("partial").add("index-shard");
            return info;
        }
        ShardStatus status = known.get();
        info.putObject("status")
                .put("searchable", status.searchable())
                .put("withVector", status.withVector())
                .put("semanticPending", status.semanticPending())
                .put("outboxPending", outboxPending)
                .put("behind", status.behind())
                .put("generation", status.generation());
        info.putArray("partial");
        return info;
    }

    private ObjectNode info(String catalog, RequestContext context) {
        try {
            return services.index()
                    .get(context, ObjectNode.class, "/v1/catalogs/{catalog}", catalog);
        } catch (DependencyException missing) {
            throw services.unavailable(missing);
        }
    }

    private Optional<ShardStatus> status(String catalog, RequestContext context) {
        try {
            return Optional.of(
                    services.index()
                            .get(
                                    context,
                                    ShardStatus.class,
                                    "/internal/v1/catalogs/{catalog}/status",
                                    catalog));
        } catch (ProblemException unknown) {
            // Just made: the shard has not read of it yet.
            return Optional.of(new ShardStatus(0, 0, 0, 0, 0, 0));
        } catch (DependencyException missing) {
            return Optional.empty();
        }
    }
}
