package dev.vitrine.index.execute;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.index.PlanResult;
import dev.vitrine.contracts.index.ProductLookup;
import dev.vitrine.contracts.index.ProductLookupResult;
import dev.vitrine.contracts.index.ProductLookupResult.FoundProduct;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.index.column.FieldSelection;
import dev.vitrine.index.column.StoredProduct;
import dev.vitrine.index.role.ConditionalOnRole;
import dev.vitrine.index.role.Role;
import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.JsonAnswer;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Searches and look-ups for other services. */
@RestController
@ConditionalOnRole(Role.SHARD)
@RequestMapping("/internal/v1/catalogs/{catalog}")
final class ExecuteController {

    private static final int LIMIT_MAX = 250;
    private static final int DEPTH_MAX = 10_000;

    private final Generations generations;
    private final PlanExecutor executor;
    private final Timer timer;

    ExecuteController(Generations generations, PlanExecutor executor, MeterRegistry meters) {
        this.generations = generations;
        this.executor = executor;
        this.timer =
                Timer.builder("index.shard.execute")
                        .description("Time of a search plan in the shard")
                        .publishPercentiles(0.5, 0.99)
                        .register(meters);
    }

    /** Answers with a {@link PlanResult}. */
    @PostMapping("/execute")
    void execute(
            RequestContext context,
            @PathVariable String catalog,
            @RequestBody SearchPlan plan,
            HttpServletResponse response)
            throws IOException {
        if (plan.limit() > LIMIT_MAX || (long) plan.offset() + plan.limit() > DEPTH_MAX) {
            throw invalid(
                    "/limit",
                    "limit is at most " + LIMIT_MAX + ", offset + limit at most " + DEPTH_MAX);
        }
        CatalogRef ref = context.catalog(catalog);
        PlanResult result =
                generations.read(
                        ref, generation -> executor.execute(plan, generation, context.deadline()));
        timer.record(result.tookMicros(), TimeUnit.MICROSECONDS);
        JsonAnswer.write(response, WireJson.write(result));
    }

    /** Answers with a {@link ProductLookupResult}. */
    @PostMapping("/products:lookup")
    void lookup(
            RequestContext context,
            @PathVariable String catalog,
            @RequestBody ProductLookup ask,
            HttpServletResponse response)
            throws IOException {
        if (ask.ids().size() > LIMIT_MAX) {
            throw invalid("/ids", "at most " + LIMIT_MAX + " ids");
        }
        ProductLookupResult result =
                generations.read(context.catalog(catalog), generation -> find(ask, generation));
        JsonAnswer.write(response, WireJson.write(result));
    }

    private static ProductLookupResult find(ProductLookup ask, Generation generation) {
        List<FoundProduct> found = new ArrayList<>();
        FieldSelection fields = new FieldSelection(ask.fields());
        for (String id : ask.ids()) {
            int ordinal = generation.text().ordinal(id);
            StoredProduct product = ordinal < 0 ? null : generation.columns().product(ordinal);
            if (product != null) {
                found.add(new FoundProduct(id, product.version(), fields.of(product)));
            }
        }
        return new ProductLookupResult(found, generation.number());
    }

    private static ProblemException invalid(String pointer, String message) {
        return new ProblemException(CommonErrors.INVALID_REQUEST, message)
                .withErrors(List.of(new FieldError(pointer, message)));
    }
}
