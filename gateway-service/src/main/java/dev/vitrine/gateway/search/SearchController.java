package dev.vitrine.gateway.search;

import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.contracts.retrieval.SearchResponse;
import dev.vitrine.servicekit.JsonAnswer;
import dev.vitrine.servicekit.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST} and {@code GET /v1/catalogs/{catalog}/search}, {@code POST /v1/multi-search}. */
@RestController
final class SearchController {

    private static final String SEARCH = "/v1/catalogs/{catalog}/search";

    private final Searcher searcher;
    private final MultiSearch multiSearch;
    private final Duration maxAge;

    SearchController(Searcher searcher, MultiSearch multiSearch, Duration maxAge) {
        this.searcher = searcher;
        this.multiSearch = multiSearch;
        this.maxAge = maxAge;
    }

    @PostMapping(path = SEARCH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Searches a catalogue; an empty query browses it",
            tags = "search",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(implementation = SearchRequest.class))))
    @ApiResponse(
            responseCode = "200",
            description = "One page of the kept set, its total and its facets",
            content = @Content(schema = @Schema(implementation = SearchResponse.class)))
    void search(
            @PathVariable String catalog,
            @RequestBody JsonNode request,
            RequestContext context,
            HttpServletResponse response)
            throws IOException {
        byte[] answer = searcher.search(catalog, request, context, byte[].class);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        JsonAnswer.write(response, answer);
    }

    @GetMapping(path = SEARCH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The same by query parameters, so that it can be cached", tags = "search")
    @Parameter(name = "q", schema = @Schema(type = "string"), in = ParameterIn.QUERY)
    @Parameter(name = "filter", schema = @Schema(type = "string"), in = ParameterIn.QUERY)
    @Parameter(name = "facets", description = "names, separated by commas", in = ParameterIn.QUERY)
    @Parameter(name = "sort", description = "keys, separated by commas", in = ParameterIn.QUERY)
    @Parameter(name = "limit", schema = @Schema(type = "integer"), in = ParameterIn.QUERY)
    @Parameter(name = "offset", schema = @Schema(type = "integer"), in = ParameterIn.QUERY)
    @Parameter(name = "fields", description = "names, separated by commas", in = ParameterIn.QUERY)
    @Parameter(name = "highlight", schema = @Schema(type = "boolean"), in = ParameterIn.QUERY)
    @Parameter(name = "mode", description = "hybrid, lexical or semantic", in = ParameterIn.QUERY)
    @Parameter(name = "explain", schema = @Schema(type = "boolean"), in = ParameterIn.QUERY)
    @Parameter(name = "timeoutMs", schema = @Schema(type = "integer"), in = ParameterIn.QUERY)
    @Parameter(name = "userToken", schema = @Schema(type = "string"), in = ParameterIn.QUERY)
    @Parameter(name = "sessionId", schema = @Schema(type = "string"), in = ParameterIn.QUERY)
    @Parameter(name = "analytics", schema = @Schema(type = "boolean"), in = ParameterIn.QUERY)
    @ApiResponse(
            responseCode = "200",
            description = "One page of the kept set, its total and its facets",
            content = @Content(schema = @Schema(implementation = SearchResponse.class)))
    ResponseEntity<JsonNode> search(
            @PathVariable String catalog, HttpServletRequest request, RequestContext context) {
        JsonNode answer =
                searcher.search(
                        catalog,
                        SearchParameters.read(request.getParameterMap()),
                        context,
                        JsonNode.class);
        // What misses a part must not be kept: the part may be back in a second.
        boolean whole = answer.path("partial").isEmpty();
        return ResponseEntity.ok()
                .cacheControl(
                        whole ? CacheControl.maxAge(maxAge).cachePublic() : CacheControl.noStore())
                .body(answer);
    }

    @PostMapping("/v1/multi-search")
    @Operation(
            summary = "Several searches at once",
            tags = "search",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            description =
                                    "`{\"searches\": [{\"catalog\": \"name\", ...}, ...]}`, each as"
                                            + " in a search of its own, with the catalogue's name"))
    MultiSearch.Outcomes multiSearch(@RequestBody JsonNode body, RequestContext context)
            throws InterruptedException {
        return multiSearch.run(body, context);
    }
}
