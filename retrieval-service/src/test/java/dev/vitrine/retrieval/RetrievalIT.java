package dev.vitrine.retrieval;

import static dev.vitrine.retrieval.RunningRetrieval.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.wire.InternalHeaders;
import dev.vitrine.servicekit.WireJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The whole service over HTTP. Kafka is real; index and embedding are servers that answer recorded
 * messages, because this service must not know theirs. The five together are tested in standalone.
 */
class RetrievalIT {

    private static final String SCHEMA =
            """
            {"fields":[{"name":"title","type":"text","weight":3,"role":"title"},
             {"name":"price","type":"number","filterable":true,"facet":true,"sortable":true}]}
            """;
    private static final String RESULT =
            """
            {"hits":[{"id":"42","version":3,"score":2.5,"relevance":0.9,"matchedBy":["text"],
              "fields":{"title":"USB hub","price":9.5}}],
             "total":1,"totalRelation":"exact","facets":{},
             "cutoff":{"method":"fixed-logistic-1","threshold":0,"kept":1,"dropped":0},
             "statistics":{"terms":2,"textMatches":1,"bestBm25":7.1,"bestCosine":0.6,
              "semanticMatches":1},
             "generation":17,"tookMicros":850,"somethingNewer":true}
            """;
    private static final TestServer INDEX = new TestServer();
    private static final TestServer EMBEDDER = new TestServer();

    private static RunningRetrieval service;

    @BeforeAll
    static void start() throws Exception {
        service =
                new RunningRetrieval(
                        INDEX.uri(),
                        EMBEDDER.uri(),
                        // No breaker here: one test's failures must not be another's.
                        "--retrieval.embedding.dependency.minimum-calls=100",
                        "--retrieval.embedding.dependency.window=100",
                        "--retrieval.index.dependency.minimum-calls=100",
                        "--retrieval.index.dependency.window=100");
        service.publish("shop", SCHEMA);
    }

    @AfterAll
    static void stop() {
        service.close();
        INDEX.close();
        EMBEDDER.close();
    }

    @BeforeEach
    void answerWell() {
        INDEX.answer(200, RESULT);
        EMBEDDER.answer(200, RunningRetrieval.EMBEDDING);
        INDEX.forget();
        EMBEDDER.forget();
    }

    @Test
    void search_hybrid_sendsOnePlanAndAnswers() throws Exception {
        HttpResponse<String> response =
                search("{\"q\":\" usb  hub \",\"filter\":\"price < 20\",\"sort\":[\"-price\"]}");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("queryId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(body.get("hits").get(0).get("fields").get("title").stringValue())
                .isEqualTo("USB hub");
        assertThat(body.get("generation").intValue()).isEqualTo(17);
        assertThat(body.get("partial")).isEmpty();
        assertThat(body.has("statistics")).as("only with explain").isFalse();

        assertThat(INDEX.received()).hasSize(1);
        TestServer.Received call = INDEX.received().getFirst();
        assertThat(call.path()).isEqualTo("/internal/v1/catalogs/shop/execute");
        assertThat(call.tenant()).isEqualTo(InternalHeaders.DEFAULT_TENANT);
        assertThat(Integer.parseInt(call.deadlineMillis())).isBetween(1, 1500);
        JsonNode plan = WireJson.mapper().readTree(call.body());
        assertThat(plan.get("text").get("text").stringValue()).isEqualTo("usb hub");
        assertThat(plan.get("vector").stringValue()).isEqualTo(RunningRetrieval.VECTOR);
        assertThat(plan.get("model").stringValue()).isEqualTo("mini");
        assertThat(plan.get("head").get("method").stringValue()).isEqualTo("fixed-logistic-1");
        assertThat(FilterParser.parse(plan.get("filter")))
                .isEqualTo(new Filter.Range("price", null, false, "20", false));
        assertThat(plan.get("limits").get("timeMillis").intValue()).isBetween(1, 1500);
    }

    @Test
    void search_explain_hasStatistics() throws Exception {
        JsonNode body = json(search("{\"q\":\"hub\",\"explain\":true}"));
        assertThat(body.get("statistics").get("bestBm25").doubleValue()).isEqualTo(7.1);
    }

    @Test
    void search_browse_asksNoEmbedding() throws Exception {
        assertThat(search("{}").statusCode()).isEqualTo(200);
        assertThat(EMBEDDER.received()).isEmpty();
    }

    @Test
    void search_embeddingHangs_answersByTextInTime() throws Exception {
        EMBEDDER.hang();
        HttpResponse<String> response = search("{\"q\":\"hub\",\"timeoutMs\":1000}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial").get(0).stringValue()).isEqualTo("embedding");
        TestServer.Received call = INDEX.received().getFirst();
        assertThat(Integer.parseInt(call.deadlineMillis())).as("time left").isPositive();
        JsonNode plan = WireJson.mapper().readTree(call.body());
        assertThat(plan.path("vector").isString()).isFalse();
        assertThat(plan.get("text").get("text").stringValue()).isEqualTo("hub");
    }

    @Test
    void search_embeddingFails_answersByText() throws Exception {
        EMBEDDER.answer(503, "{}");
        HttpResponse<String> response = search("{\"q\":\"hub\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("partial")).hasSize(1);
    }

    @Test
    void search_semanticWithoutEmbedding_is503WithCode() throws Exception {
        EMBEDDER.answer(503, "{}");
        HttpResponse<String> response = search("{\"q\":\"hub\",\"mode\":\"semantic\"}");
        assertProblem(response, 503, "EMBEDDING_UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(INDEX.received()).isEmpty();
    }

    @Test
    void search_indexHangs_is503WithRetryAfter() throws Exception {
        INDEX.hang();
        HttpResponse<String> response = search("{\"q\":\"hub\",\"timeoutMs\":500}");
        assertProblem(response, 503, "INDEX_UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void search_indexRefuses_passesItsProblemOn() throws Exception {
        INDEX.answer(
                422,
                """
                {"type":"t","title":"The filter cannot be used","status":422,
                 "code":"FILTER_INVALID","errors":[{"pointer":"/filter","message":"no"}]}
                """);
        assertProblem(search("{\"q\":\"hub\"}"), 422, "FILTER_INVALID");
    }

    @Test
    void search_unknownCatalog_is404() throws Exception {
        assertProblem(search("nix", "{}"), 404, "CATALOG_NOT_FOUND");
        assertProblem(search("N%20IX", "{}"), 404, "CATALOG_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"q":          | 400 | MALFORMED_JSON
                    not json       | 400 | MALFORMED_JSON
                    {"q":NaN}      | 400 | MALFORMED_JSON
                    {"limit":1e999}| 422 | INVALID_REQUEST
                    {"typo":1}     | 422 | INVALID_REQUEST
                    {"limit":251}  | 422 | INVALID_REQUEST
                    {"filter":"("} | 422 | FILTER_INVALID
                    []             | 422 | INVALID_REQUEST
                    """)
    void search_wrongBody_isAProblem(String body, int status, String code) throws Exception {
        assertProblem(search(body), status, code);
        assertThat(INDEX.received()).isEmpty();
        assertThat(EMBEDDER.received()).isEmpty();
    }

    @Test
    void search_tenKilobyteQuery_is422() throws Exception {
        HttpResponse<String> response = search("{\"q\":\"" + "x".repeat(10_240) + "\"}");
        assertProblem(response, 422, "INVALID_REQUEST");
        assertThat(json(response).get("errors").get(0).get("pointer").stringValue())
                .isEqualTo("/q");
    }

    @Test
    void search_deepJson_is400() throws Exception {
        assertProblem(
                search("{\"filter\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
                400,
                "MALFORMED_JSON");
    }

    @Test
    void search_wrongMediaType_is415() throws Exception {
        HttpResponse<String> response =
                service.send(
                        service.request("/v1/catalogs/shop/search")
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertProblem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void actuator_healthAndMetrics_answer() throws Exception {
        assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(search("{}").statusCode()).isEqualTo(200);
        assertThat(service.get("/actuator/prometheus").body())
                .contains("retrieval_search_seconds_count", "vitrine_dependency_open");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(json(response).get("code").stringValue()).isEqualTo(code);
    }

    private static HttpResponse<String> search(String body)
            throws IOException, InterruptedException {
        return search("shop", body);
    }

    private static HttpResponse<String> search(String catalog, String body)
            throws IOException, InterruptedException {
        return service.search(catalog, body, 1500);
    }
}
