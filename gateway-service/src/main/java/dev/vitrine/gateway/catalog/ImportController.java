package dev.vitrine.gateway.catalog;

import dev.vitrine.servicekit.CommonErrors;
import dev.vitrine.servicekit.ProblemException;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/catalogs/{catalog}/products:import}, see {@link ImportStream}. */
@RestController
@Hidden // its body is a stream, described beside the passed-through endpoints
final class ImportController {

    private final LoadBalancerClient balancer;
    private final ImportProperties settings;
    private final Duration retryAfter;
    private final Semaphore places;

    ImportController(LoadBalancerClient balancer, ImportProperties settings, Duration retryAfter) {
        this.balancer = balancer;
        this.settings = settings;
        this.retryAfter = retryAfter;
        this.places = new Semaphore(settings.concurrency());
    }

    @PostMapping(CatalogRoutes.IMPORT)
    void importProducts(
            @PathVariable String catalog,
            HttpServletRequest request,
            HttpServletResponse response,
            RequestContext context)
            throws IOException, InterruptedException {
        String tenant = context.catalog(catalog).tenant();
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            CommonErrors.OVERLOADED,
                            settings.concurrency() + " imports are under way")
                    .withRetryAfter(retryAfter);
        }
        try {
            new ImportStream(() -> instance().getUri(), tenant, settings, retryAfter)
                    .run(request, response);
        } finally {
            places.release();
        }
    }

    private ServiceInstance instance() {
        ServiceInstance instance = balancer.choose("index");
        if (instance == null) {
            throw new ProblemException(CommonErrors.UNAVAILABLE, "no index is configured")
                    .withRetryAfter(retryAfter);
        }
        return instance;
    }
}
