package dev.vitrine.gateway;

import static dev.vitrine.gateway.ProblemAssert.assertProblem;
import static dev.vitrine.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The gateway over HTTP. The services behind it are programs that answer recorded messages of the
 * contracts; the real ones are tested together in standalone.
 */
class GatewayIT {

    private static final String SEARCH = "/v1/catalogs/shop/search";
    private static final String PRODUCT = "/v1/catalogs/shop/products/42";
    private static final String SIMILAR = PRODUCT + "/similar";
    private static final String TOGETHER =
            PRODUCT.substring(0, PRODUCT.indexOf("/products")) + "/recommendations/bought-together";
    private static final String STATUS = "/internal/v1/catalogs/shop/status";
    private static final String LOOKUP = "/internal/v1/catalogs/shop/products:lookup";
    private static final String EXECUTE = "/internal/v1/catalogs/shop/execute";
    private static final String APPLIED = "/internal/v1/catalogs/shop/applied";
    private static final String RESPONSE =
            """
            {"queryId":"0123456789abcdef0123456789abcdef","hits":[],"total":0,
             "totalRelation":"exact","facets":{},
             "cutoff":{"method":"fixed-logistic-1","threshold":0,"kept":0,"dropped":0},
             "generation":1,"tookMs":3,"partial":[],"addedLater":1}
            """;
    private static final String WRITTEN = "{\"id\":\"42\",\"version\":7,\"status\":\"updated\"}";
    private static final String PLAN_RESULT =
            """
            {"hits":[{"id":"44","version":1,"score":0.8,"relevance":0.7,"matchedBy":["semantic"],
              "fields":{"title":"B"}}],
             "total":1,"totalRelation":"exact","facets":{},
             "cutoff":{"method":"m","threshold":0,"kept":1,"dropped":0},
             "statistics":{"terms":0,"textMatches":0,"bestBm25":0,"bestCosine":0.8,
              "semanticMatches":1},
             "generation":1,"tookMicros":5}
            """;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway =
                new RunningGateway(
                        // No breaker here: one test's failures must not be another's.
                        "--gateway.clients.index.minimum-calls=1000",
                        "--gateway.clients.index.window=1000",
                        "--gateway.clients.index-wait.minimum-calls=1000",
                        "--gateway.clients.index-wait.window=1000",
                        "--gateway.clients.retrieval.minimum-calls=1000",
                        "--gateway.clients.retrieval.window=1000",
                        "--gateway.clients.recommender.minimum-calls=1000",
                        "--gateway.clients.recommender.window=1000");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.reset();
    }

    // ---- what passes through

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void productWrite_withoutWait_passesThrough(String method) throws Exception {
        gateway.index.on(method + " " + PRODUCT, 200, WRITTEN, "ETag", "\"7\"");
        HttpResponse<String> response =
                gateway.send(
                        method,
                        PRODUCT,
                        method.equals("DELETE") ? "" : "{\"title\":\"A\"}",
                        "If-Match",
                        "\"6\"",
                        "Vitrine-Tenant",
                        "stolen",
                        "Vitrine-Deadline-Millis",
                        "1",
                        "Vitrine-Anything",
                        "x");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(WRITTEN);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"7\"");
        Backend.Received call = gateway.index.only();
        assertThat(call.body()).isEqualTo(method.equals("DELETE") ? "" : "{\"title\":\"A\"}");
        assertThat(call.header("If-Match")).isEqualTo("\"6\"");
        assertThat(call.headers().get("Vitrine-Tenant")).containsExactly("default");
        assertThat(call.header("Vitrine-Deadline-Millis")).isEmpty();
        assertThat(call.header("Vitrine-Anything")).isEmpty();
    }

    @Test
    void catalogs_listPutDelete_passThrough() throws Exception {
        gateway.index
                .on("GET /v1/catalogs", 200, "{\"catalogs\":[]}")
                .on("PUT /v1/catalogs/shop", 201, "{\"catalog\":\"shop\"}")
                .on("DELETE /v1/catalogs/shop", 204, "");
        assertThat(gateway.get("/v1/catalogs").body()).isEqualTo("{\"catalogs\":[]}");
        assertThat(gateway.send("PUT", "/v1/catalogs/shop", "{\"fields\":[]}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.send("DELETE", "/v1/catalogs/shop", "").statusCode()).isEqualTo(204);
    }

    @Test
    void product_idWithSlashAndSpaces_arrivesAsWritten() throws Exception {
        String path = "/v1/catalogs/shop/products/a%2Fb%20c%25d";
        gateway.index.on("GET " + path, 200, "{\"id\":\"a/b c%d\"}");
        assertThat(gateway.get(path).statusCode()).isEqualTo(200);
        assertThat(gateway.index.only().uri()).isEqualTo(path);
    }

    @Test
    void product_problemOfTheIndex_passesThrough() throws Exception {
        gateway.index.on(
                "GET " + PRODUCT,
                404,
                "{\"type\":\"urn:vitrine:problem:PRODUCT_NOT_FOUND\",\"title\":\"t\","
                        + "\"status\":404,\"code\":\"PRODUCT_NOT_FOUND\",\"errors\":[],"
                        + "\"traceId\":\"0123456789abcdef0123456789abcdef\"}");
        assertProblem(gateway.get(PRODUCT), 404, "PRODUCT_NOT_FOUND");
    }

    // ---- search

    @Test
    void search_post_isPassedOnWithItsDeadline() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, RESPONSE);
        HttpResponse<String> response = gateway.post(SEARCH, "{\"q\":\"hub\",\"unknown\":1}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).as("byte for byte").isEqualTo(RESPONSE);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        Backend.Received call = gateway.retrieval.only();
        assertThat(call.body())
                .as("what is wrong in it, retrieval tells")
                .isEqualTo("{\"q\":\"hub\",\"unknown\":1}");
        assertThat(Integer.parseInt(call.header("Vitrine-Deadline-Millis"))).isBetween(1000, 2000);
        assertThat(call.header("Vitrine-Tenant")).isEqualTo("default");
    }

    @Test
    void search_timeoutMs_isTheDeadline() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, RESPONSE);
        assertThat(gateway.post(SEARCH, "{\"timeoutMs\":30000}").statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(gateway.retrieval.only().header("Vitrine-Deadline-Millis")))
                .isBetween(28_000, 30_000);
    }

    @Test
    void search_hangs_is503InTime() throws Exception {
        gateway.retrieval.hangOn("POST " + SEARCH);
        long start = System.nanoTime();
        HttpResponse<String> response = gateway.post(SEARCH, "{\"timeoutMs\":300}");
        assertProblem(response, 503, "UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void search_get_isTheSameAndCacheable() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, RESPONSE);
        HttpResponse<String> response =
                gateway.get(
                        SEARCH
                                + "?q=usb+hub&filter=price%20%3C%205&facets=brand,price&facets=a_*"
                                + "&sort=-price&limit=5&offset=10&fields=title&highlight=true"
                                + "&mode=lexical&explain=false&timeoutMs=900");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control").orElse(""))
                .contains("max-age=1")
                .contains("public");
        assertThat(json(response).get("addedLater").intValue()).isEqualTo(1);
        assertThat(gateway.retrieval.only().body())
                .isEqualToIgnoringWhitespace(
                        """
                        {"q":"usb hub","filter":"price < 5","facets":["brand","price","a_*"],
                        "sort":["-price"],"limit":5,"offset":10,"fields":["title"],
                        "highlight":true,"mode":"lexical","explain":false,"timeoutMs":900}
                        """
                                .replace("\n", ""));
    }

    @Test
    void search_partialGet_isNotCached() throws Exception {
        gateway.retrieval.on(
                "POST " + SEARCH,
                200,
                RESPONSE.replace("\"partial\":[]", "\"partial\":[\"embedding\"]"));
        assertThat(gateway.get(SEARCH).headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @CsvSource({"qq=a,qq", "limit=ten,limit", "explain=maybe,explain", "q=a&q=b,q"})
    void search_wrongParameter_is400(String query, String name) throws Exception {
        JsonNode problem =
                assertProblem(gateway.get(SEARCH + "?" + query), 400, "INVALID_PARAMETER");
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo(name);
    }

    @Test
    void search_problemOfRetrieval_keepsCodeAndPointers() throws Exception {
        gateway.retrieval.on(
                "POST " + SEARCH,
                422,
                "{\"title\":\"t\",\"status\":422,\"code\":\"FILTER_INVALID\","
                        + "\"errors\":[{\"pointer\":\"/filter\",\"message\":\"m\"}]}");
        JsonNode problem = assertProblem(gateway.post(SEARCH, "{}"), 422, "FILTER_INVALID");
        assertThat(problem.get("errors").get(0).get("pointer").stringValue()).isEqualTo("/filter");
        assertThat(problem.get("instance").stringValue()).isEqualTo(SEARCH);
    }

    @Test
    void multiSearch_oneFails_leavesTheOthers() throws Exception {
        gateway.retrieval.on("POST " + SEARCH, 200, RESPONSE);
        HttpResponse<String> response =
                gateway.post(
                        "/v1/multi-search",
                        "{\"searches\":[{\"catalog\":\"shop\",\"q\":\"a\"},"
                                + "{\"catalog\":\"NO NAME\"},{\"catalog\":\"shop\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode results = json(response).get("results");
        assertThat(results).hasSize(3);
        assertThat(results.get(0).get("response").get("total").intValue()).isZero();
        assertThat(results.get(1).get("problem").get("code").stringValue())
                .isEqualTo("CATALOG_NOT_FOUND");
        assertThat(results.get(2).path("response").isObject()).isTrue();
        assertThat(gateway.retrieval.received())
                .extracting(Backend.Received::body)
                .containsExactlyInAnyOrder("{\"q\":\"a\"}", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"searches\":[]}", "{\"searches\":[{\"q\":\"a\"}]}"})
    void multiSearch_wrongList_is422(String body) throws Exception {
        assertProblem(gateway.post("/v1/multi-search", body), 422, "INVALID_REQUEST");
    }

    // ---- similar

    @Test
    void similar_isJoinedWithFieldsInTheRecommendersOrder() throws Exception {
        gateway.recommender.on(
                "POST " + SIMILAR,
                200,
                "{\"items\":[{\"id\":\"44\",\"score\":0.9},{\"id\":\"gone\",\"score\":0.8},"
                        + "{\"id\":\"43\",\"score\":0.7}],\"method\":\"vector\",\"reason\":\"r\"}");
        gateway.index.on(
                "POST " + LOOKUP,
                200,
                "{\"products\":[{\"id\":\"43\",\"version\":1,\"fields\":{\"title\":\"A\"}},"
                        + "{\"id\":\"44\",\"version\":1,\"fields\":{\"title\":\"B\"}}],"
                        + "\"generation\":3}");
        HttpResponse<String> response =
                gateway.post(
                        SIMILAR, "{\"limit\":3,\"filter\":\"stock > 0\",\"fields\":[\"title\"]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("items")).hasSize(2);
        assertThat(body.get("items").get(0).get("id").stringValue()).isEqualTo("44");
        assertThat(body.get("items").get(0).get("fields").get("title").stringValue())
                .isEqualTo("B");
        assertThat(body.get("method").stringValue()).isEqualTo("vector");
        assertThat(body.get("partial")).isEmpty();
        assertThat(body.get("recommendationId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(gateway.recommender.only().body())
                .contains("\"filter\":\"stock > 0\"", "\"limit\":3");
        assertThat(gateway.index.only().body())
                .isEqualTo("{\"ids\":[\"44\",\"gone\",\"43\"],\"fields\":[\"title\"]}");
    }

    @Test
    void similar_recommenderDown_indexStandsIn() throws Exception {
        gateway.recommender.on("POST " + SIMILAR, 500, "{}");
        productExists();
        gateway.index.on("POST " + EXECUTE, 200, PLAN_RESULT);
        JsonNode body = json(gateway.send("POST", SIMILAR, ""));
        assertThat(body.get("items").get(0).get("id").stringValue()).isEqualTo("44");
        assertThat(body.get("method").stringValue()).isEqualTo("index-vector-1");
        assertThat(body.get("partial").get(0).stringValue()).isEqualTo("recommender");
        assertThat(gateway.index.received().getLast().body())
                .contains("\"likeProduct\":\"42\"", "\"limit\":12");
    }

    @Test
    void similar_recommenderDoesNotKnowIt_indexStandsInWithoutPartial() throws Exception {
        productExists();
        gateway.index.on("POST " + EXECUTE, 200, PLAN_RESULT);
        JsonNode body = json(gateway.post(SIMILAR, "{}"));
        assertThat(body.get("items")).hasSize(1);
        assertThat(body.get("partial")).isEmpty();
    }

    @Test
    void similar_unknownProduct_is404() throws Exception {
        gateway.index.on("POST " + LOOKUP, 200, "{\"products\":[],\"generation\":1}");
        assertProblem(gateway.post(SIMILAR, "{}"), 404, "PRODUCT_NOT_FOUND");
    }

    @Test
    void similar_nobodyAnswers_isEmptyWithReason() throws Exception {
        gateway.recommender.on("POST " + SIMILAR, 503, "{}");
        gateway.index.on("POST " + LOOKUP, 500, "{}");
        JsonNode body = json(gateway.post(SIMILAR, "{}"));
        assertThat(body.get("items")).isEmpty();
        assertThat(body.get("reason").stringValue()).contains("Neither");
        assertThat(body.get("partial")).hasSize(2);
    }

    @Test
    void similar_recommendersReasonForNothing_isKept() throws Exception {
        gateway.recommender.on(
                "POST " + SIMILAR,
                200,
                "{\"items\":[],\"method\":\"vector\",\"reason\":\"nothing in stock\"}");
        JsonNode body = json(gateway.post(SIMILAR, "{}"));
        assertThat(body.get("reason").stringValue()).isEqualTo("nothing in stock");
        assertThat(gateway.index.received()).isEmpty();
    }

    @Test
    void recommendations_areJoinedWithFieldsAndKeepTheirReasons() throws Exception {
        gateway.recommender.on(
                "POST " + TOGETHER,
                200,
                "{\"items\":[{\"id\":\"44\",\"score\":0.9,\"step\":\"bought-together\",\"reason\":\"x\"},"
                        + "{\"id\":\"gone\",\"score\":0.8,\"step\":\"popular\",\"reason\":\"y\"}],"
                        + "\"step\":\"bought-together\",\"reason\":\"r\"}");
        gateway.index.on(
                "POST " + LOOKUP,
                200,
                "{\"products\":[{\"id\":\"44\",\"version\":1,\"fields\":{\"title\":\"B\"}}],"
                        + "\"generation\":3}");
        JsonNode body = json(gateway.post(TOGETHER, "{\"products\":[\"42\"],\"limit\":2}"));
        assertThat(body.get("items").toString())
                .isEqualTo(
                        "[{\"id\":\"44\",\"score\":0.9,\"step\":\"bought-together\",\"reason\":\"x\","
                                + "\"fields\":{\"title\":\"B\"}}]");
        assertThat(body.get("step").stringValue()).isEqualTo("bought-together");
        assertThat(body.get("reason").stringValue()).isEqualTo("r");
        assertThat(body.get("recommendationId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(gateway.recommender.only().body()).contains("\"products\":[\"42\"]");
    }

    @Test
    void recommendations_recommenderDown_isEmptyWithReason_similarFromTheIndex() throws Exception {
        gateway.recommender.on("POST " + TOGETHER, 500, "{}");
        JsonNode empty = json(gateway.post(TOGETHER, "{\"products\":[\"42\"]}"));
        assertThat(empty.get("items")).isEmpty();
        assertThat(empty.get("step").stringValue()).isEqualTo("none");
        assertThat(empty.get("reason").stringValue()).isEqualTo("The recommender did not answer");
        assertThat(empty.get("partial").get(0).stringValue()).isEqualTo("recommender");

        String alike = TOGETHER.replace("bought-together", "similar");
        gateway.recommender.on("POST " + alike, 500, "{}");
        productExists();
        gateway.index.on("POST " + EXECUTE, 200, PLAN_RESULT);
        JsonNode similar = json(gateway.post(alike, "{\"products\":[\"42\"]}"));
        assertThat(similar.get("items").get(0).get("id").stringValue()).isEqualTo("44");
        assertThat(similar.get("step").stringValue()).isEqualTo("index-vector-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"limit\":0}", "{\"limit\":101}", "{\"filter\":\"((\"}"})
    void recommendations_wrongRequest_is422(String body) throws Exception {
        assertThat(gateway.post(TOGETHER, body).statusCode()).isEqualTo(422);
        assertThat(gateway.recommender.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"limit\":0}", "{\"limit\":101}", "{\"filter\":\"((\"}"})
    void similar_wrongRequest_is422(String body) throws Exception {
        HttpResponse<String> response = gateway.post(SIMILAR, body);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(gateway.recommender.received()).isEmpty();
    }

    // ---- writes that wait

    @Test
    void write_waits_isAnsweredWhenSearchable() throws Exception {
        gateway.index
                .on("PUT " + PRODUCT, 201, WRITTEN, "ETag", "\"7\"")
                .on("GET " + APPLIED, 200, "{\"applied\":true}");
        HttpResponse<String> response =
                gateway.send(
                        "PUT",
                        PRODUCT + "?wait=searchable&timeout=3s",
                        "{\"title\":\"A\"}",
                        "If-Match",
                        "\"6\"");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo(WRITTEN);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"7\"");
        Backend.Received write = gateway.index.received().get(0);
        assertThat(write.uri()).isEqualTo(PRODUCT);
        assertThat(write.header("If-Match")).isEqualTo("\"6\"");
        assertThat(write.header("Content-Type")).isEqualTo("application/json");
        assertThat(gateway.index.received().get(1).uri())
                .matches(APPLIED + "\\?id=42&version=7&timeoutMs=2[0-9]{3}");
    }

    @Test
    void write_notSearchableInTime_is202() throws Exception {
        gateway.index
                .on("DELETE " + PRODUCT, 200, WRITTEN)
                .on("GET " + APPLIED, 200, "{\"applied\":false}");
        HttpResponse<String> response =
                gateway.send("DELETE", PRODUCT + "?wait=searchable&timeout=100ms", "");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo(WRITTEN);

        String task = response.headers().firstValue("Location").orElseThrow();
        assertThat(task).matches("/v1/tasks/searchable-[A-Za-z0-9_-]+");
        JsonNode running = json(gateway.get(task));
        assertThat(running.get("kind").stringValue()).isEqualTo("searchable");
        assertThat(running.get("state").stringValue()).isEqualTo("running");
        assertThat(running.get("catalog").stringValue()).isEqualTo("shop");
        assertThat(gateway.index.received().getLast().uri())
                .isEqualTo(APPLIED + "?id=42&version=7&timeoutMs=0");
        gateway.index.on("GET " + APPLIED, 200, "{\"applied\":true}");
        JsonNode done = json(gateway.get(task));
        assertThat(done.get("state").stringValue()).isEqualTo("succeeded");
        assertThat(done.get("done").intValue()).isEqualTo(1);
        assertProblem(gateway.get("/v1/tasks/searchable-AAAA"), 404, "TASK_NOT_FOUND");
        assertProblem(gateway.get("/v1/tasks/searchable-!"), 404, "TASK_NOT_FOUND");
    }

    @Test
    void tasksAndAliases_areTheWriters() throws Exception {
        gateway.index
                .on(
                        "GET /v1/tasks/0f",
                        200,
                        "{\"id\":\"0f\",\"kind\":\"import\",\"catalog\":\"shop\","
                                + "\"state\":\"queued\",\"done\":0}")
                .on("GET /v1/tasks", 200, "{\"tasks\":[]}")
                .on("GET /v1/aliases", 200, "{\"aliases\":[]}")
                .on("PUT /v1/aliases/a", 201, "{\"alias\":\"a\"}", "ETag", "\"1\"");
        assertThat(gateway.get("/v1/tasks/0f").body()).contains("\"queued\"");
        assertThat(gateway.get("/v1/tasks?state=queued").body()).isEqualTo("{\"tasks\":[]}");
        assertThat(gateway.get("/v1/aliases").body()).isEqualTo("{\"aliases\":[]}");
        // This gateway reads no aliases, so it cannot say that it follows.
        assertThat(gateway.send("PUT", "/v1/aliases/a", "{\"catalog\":\"b\"}").statusCode())
                .isEqualTo(202);
        assertThat(gateway.index.received().getLast().body()).isEqualTo("{\"catalog\":\"b\"}");
    }

    @Test
    void write_shardHangs_is202InTime() throws Exception {
        gateway.index.on("PATCH " + PRODUCT, 200, WRITTEN).hangOn("GET " + APPLIED);
        long start = System.nanoTime();
        HttpResponse<String> response =
                gateway.send("PATCH", PRODUCT + "?wait=searchable&timeout=200ms", "{\"a\":1}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void write_refused_isNotWaitedFor() throws Exception {
        gateway.index.on(
                "PUT " + PRODUCT,
                412,
                "{\"type\":\"urn:vitrine:problem:PRECONDITION_FAILED\",\"title\":\"t\","
                        + "\"status\":412,\"code\":\"PRECONDITION_FAILED\",\"errors\":[],"
                        + "\"traceId\":\"0123456789abcdef0123456789abcdef\"}");
        assertProblem(
                gateway.send("PUT", PRODUCT + "?wait=searchable", "{}"),
                412,
                "PRECONDITION_FAILED");
        assertThat(gateway.index.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=indexed",
                "wait=searchable&timeout=soon",
                "wait=searchable&timeout=31s",
                "wait=searchable&timeout=-1s"
            })
    void write_wrongWait_is400(String query) throws Exception {
        assertProblem(gateway.send("PUT", PRODUCT + "?" + query, "{}"), 400, "INVALID_PARAMETER");
        assertThat(gateway.index.received()).isEmpty();
    }

    // ---- a catalogue with its status

    @Test
    void catalog_isJoinedWithTheShardsStatus() throws Exception {
        catalogExists();
        gateway.index.on(
                "GET " + STATUS,
                200,
                "{\"searchable\":9,\"withVector\":8,\"semanticPending\":1,\"behind\":2,"
                        + "\"generation\":5,\"schemaVersion\":1}");
        JsonNode body = json(gateway.get("/v1/catalogs/shop"));
        assertThat(body.get("products").intValue()).isEqualTo(10);
        assertThat(body.get("status").toString())
                .isEqualTo(
                        "{\"searchable\":9,\"withVector\":8,\"semanticPending\":1,"
                                + "\"outboxPending\":3,\"behind\":2,\"generation\":5}");
    }

    @Test
    void catalog_shardDown_saysSo() throws Exception {
        catalogExists();
        gateway.index.on("GET " + STATUS, 500, "{}");
        JsonNode body = json(gateway.get("/v1/catalogs/shop"));
        assertThat(body.get("status").isNull()).isTrue();
        assertThat(body.get("partial").get(0).stringValue()).isEqualTo("index-shard");
    }

    @Test
    void catalog_unknown_is404() throws Exception {
        gateway.index.on(
                "GET /v1/catalogs/shop",
                404,
                "{\"title\":\"t\",\"status\":404,\"code\":\"CATALOG_NOT_FOUND\",\"errors\":[]}");
        assertProblem(gateway.get("/v1/catalogs/shop"), 404, "CATALOG_NOT_FOUND");
        assertProblem(gateway.get("/v1/catalogs/SHOP"), 404, "CATALOG_NOT_FOUND");
    }

    // ---- bad input

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/v1/catalogs/shop/status",
                "/v1/../internal/v1/catalogs/shop/status",
                "/v1/catalogs/..%2F..%2Finternal/search",
                "/nothing/here",
                "/v1/catalogs/shop/nothing",
                "/error"
            })
    void unknownPath_is404AndReachesNobody(String path) throws Exception {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(gateway.index.received()).isEmpty();
        assertThat(gateway.retrieval.received()).isEmpty();
    }

    @Test
    void internalPath_everyMethod_reachesNobody() throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            HttpResponse<String> response =
                    gateway.send(method, "/internal/v1/catalogs/shop/execute", "");
            assertThat(response.statusCode()).isIn(404, 405);
        }
        assertThat(gateway.index.received()).isEmpty();
    }

    @Test
    void wrongMethod_is405() throws Exception {
        HttpResponse<String> response = gateway.send("DELETE", SEARCH, "");
        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().firstValue("Allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"q\":", "nix", "{\"q\":NaN}", "{\"q\":\"\u0001\"}", "{'q':1}"})
    void malformedJson_is400(String body) throws Exception {
        assertProblem(gateway.post(SEARCH, body), 400, "MALFORMED_JSON");
    }

    @Test
    void deepJson_is400() throws Exception {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        assertProblem(gateway.post(SEARCH, "{\"q\":" + deep + "}"), 400, "MALFORMED_JSON");
    }

    @Test
    void hugeNumber_is400() throws Exception {
        assertProblem(
                gateway.post(SEARCH, "{\"limit\":" + "9".repeat(5_000) + "}"),
                400,
                "MALFORMED_JSON");
    }

    @Test
    void wrongMediaType_is415() throws Exception {
        HttpResponse<String> response =
                gateway.http.send(
                        HttpRequest.newBuilder(gateway.uri(SEARCH))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertProblem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    /** Nobody takes parts, so nobody reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=x"})
    void malformedMultipart_is415(String type) throws Exception {
        HttpResponse<String> response =
                gateway.http.send(
                        HttpRequest.newBuilder(gateway.uri(SEARCH))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString("--y\r\nno part"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertProblem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    /** Spring would take all after it for a parameter, and delete 42 or the whole catalogue. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                PRODUCT + ";B",
                PRODUCT + ";B?wait=searchable",
                "/v1/catalogs/shop;B",
                "/v1/catalogs/shop;x=y/products/42"
            })
    void bareSemicolonInThePath_is400AndReachesNobody(String path) throws Exception {
        JsonNode problem = assertProblem(gateway.send("DELETE", path, ""), 400, "BAD_REQUEST");
        assertThat(problem.get("detail").stringValue()).contains("%3B");
        assertThat(gateway.index.received()).isEmpty();
    }

    @Test
    void encodedSemicolon_isPartOfTheId() throws Exception {
        gateway.index.on("DELETE " + PRODUCT + "%3BB", 204, "");
        assertThat(gateway.send("DELETE", PRODUCT + "%3BB", "").statusCode()).isEqualTo(204);
        assertThat(gateway.index.only().uri()).isEqualTo(PRODUCT + "%3BB");
    }

    @ParameterizedTest
    @ValueSource(strings = {SEARCH, PRODUCT, PRODUCT + "?wait=searchable"})
    void largeBody_is413(String path) throws Exception {
        gateway.index.on("PUT " + PRODUCT, 200, WRITTEN);
        String method = path.equals(SEARCH) ? "POST" : "PUT";
        byte[] body =
                ("{\"q\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        for (boolean chunked : List.of(false, true)) {
            HttpResponse<String> response =
                    gateway.http.send(
                            HttpRequest.newBuilder(gateway.uri(path))
                                    .header("Content-Type", "application/json")
                                    .method(
                                            method,
                                            chunked
                                                    ? HttpRequest.BodyPublishers.ofInputStream(
                                                            () -> stream(body))
                                                    : HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertProblem(response, 413, "PAYLOAD_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/catalogs/shop/search?q={a} HTTP/1.1",
                "GET /v1/catalogs/shop/products/%zz HTTP/1.1",
                "GET /v1/catalogs/shop/products/%00 HTTP/1.1",
                "NONSENSE"
            })
    void requestThatTomcatRefuses_isAProblem(String line) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4");
            assertThat(answer).contains("application/problem+json").contains("traceId");
            assertThat(answer).doesNotContain("<html");
        }
    }

    // ---- page, documentation, actuator

    @Test
    void page_isServedWithItsHeaders() throws Exception {
        HttpResponse<String> page = gateway.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'self'; img-src 'self' data:");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(gateway.get("/console/config").body()).isEqualTo("{\"images\":false}");
    }

    @Test
    void openApi_is31AndNamesEveryEndpoint() throws Exception {
        HttpResponse<String> response = gateway.get("/v3/api-docs");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode document = json(response);
        assertThat(document.get("openapi").stringValue()).startsWith("3.1");
        List<String> endpoints = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (String method : path.getValue().propertyNames()) {
                endpoints.add(method + " " + path.getKey());
            }
        }
        assertThat(endpoints)
                .containsExactlyInAnyOrder(
                        "get /v1/catalogs",
                        "get /v1/catalogs/{catalog}",
                        "put /v1/catalogs/{catalog}",
                        "delete /v1/catalogs/{catalog}",
                        "get /v1/catalogs/{catalog}/products/{id}",
                        "put /v1/catalogs/{catalog}/products/{id}",
                        "patch /v1/catalogs/{catalog}/products/{id}",
                        "delete /v1/catalogs/{catalog}/products/{id}",
                        "post /v1/catalogs/{catalog}/products:import",
                        "post /v1/catalogs/{catalog}/products/{id}/similar",
                        "post /v1/catalogs/{catalog}/recommendations/{scenario}",
                        "get /v1/catalogs/{catalog}/search",
                        "post /v1/catalogs/{catalog}/search",
                        "post /v1/multi-search",
                        "post /v1/events",
                        "get /v1/aliases",
                        "get /v1/aliases/{alias}",
                        "put /v1/aliases/{alias}",
                        "delete /v1/aliases/{alias}",
                        "get /v1/tasks",
                        "get /v1/tasks/{id}",
                        "get /console/config");
        for (String schema :
                List.of(
                        "SearchRequest",
                        "SearchResponse",
                        "CatalogSchema",
                        "CatalogInfo",
                        "AliasInfo",
                        "TaskInfo",
                        "WriteResult",
                        "SimilarRequest",
                        "SimilarResponse",
                        "Problem")) {
            assertThat(document.get("components").get("schemas").has(schema)).as(schema).isTrue();
        }
    }

    @Test
    void actuator_healthAndMetrics_answer() throws Exception {
        assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/prometheus").body()).contains("vitrine_dependency_open");
    }

    private static void productExists() {
        gateway.index.on(
                "POST " + LOOKUP,
                200,
                "{\"products\":[{\"id\":\"42\",\"version\":1,\"fields\":{}}],\"generation\":3}");
    }

    private static void catalogExists() {
        gateway.index.on(
                "GET /v1/catalogs/shop",
                200,
                "{\"catalog\":\"shop\",\"schemaVersion\":1,\"schema\":{\"fields\":[]},"
                        + "\"products\":10,\"outboxPending\":3}");
    }

    private static InputStream stream(byte[] body) {
        return new ByteArrayInputStream(body);
    }
}
