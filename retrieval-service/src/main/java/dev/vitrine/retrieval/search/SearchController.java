package dev.vitrine.retrieval.search;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.servicekit.JsonAnswer;
import dev.vitrine.servicekit.RequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/catalogs/{catalog}/search}. */
@RestController
final class SearchController {

    private final SearchPipeline pipeline;
    private final SearchRequestReader reader;
    private final Timer complete;
    private final Timer partial;

    SearchController(SearchPipeline pipeline, SearchRequestReader reader, MeterRegistry meters) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.complete = timer(meters, true);
        this.partial = timer(meters, false);
    }

    private static Timer timer(MeterRegistry meters, boolean complete) {
        return Timer.builder("retrieval.search")
                .description("Answered searches")
                .tag("complete", Boolean.toString(complete))
                .register(meters);
    }

    @PostMapping("/v1/catalogs/{catalog}/search")
    void search(
            @PathVariable String catalog,
            @RequestBody JsonNode body,
            RequestContext context,
            HttpServletResponse response)
            throws IOException {
        long start = System.nanoTime();
        CatalogRef ref = context.catalog(catalog);
        SearchRequest request = reader.read(body);
        Answer answer = pipeline.search(ref, request, context);
        (answer.partial().isEmpty() ? complete : partial)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        JsonAnswer.write(response, answer.json());
    }
}
