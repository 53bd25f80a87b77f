package dev.vitrine.standalone.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Wrong requests get a clear answer: status, stable code, pointer; never a 500. */
final class BadInputIT {

    private static final String SEARCH = "/v1/catalogs/electronics/search";
    private static final String PRODUCT = "/v1/catalogs/electronics/products/bad";
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = ElectronicsShop.shop();
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong("POST", SEARCH, "{\"q\": ", 400, "MALFORMED_JSON", ""),
                wrong("POST", SEARCH, "", 400, "MALFORMED_JSON", ""),
                wrong("POST", SEARCH, "{\"q\": {}}", 422, "INVALID_REQUEST", "/q"),
                wrong("POST", SEARCH, "{\"limit\": \"x\"}", 422, "INVALID_REQUEST", "/limit"),
                wrong("POST", SEARCH, "{\"limit\": -1}", 422, "INVALID_REQUEST", "/limit"),
                wrong("POST", SEARCH, "{\"limit\": 251}", 422, "INVALID_REQUEST", "/limit"),
                wrong("POST", SEARCH, "{\"limit\": 1e99}", 422, "INVALID_REQUEST", "/limit"),
                wrong("POST", SEARCH, "{\"limit\": NaN}", 400, "MALFORMED_JSON", ""),
                wrong("POST", SEARCH, "{\"offset\": 10000}", 422, "INVALID_REQUEST", "/offset"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filters\": \"a = 1\"}",
                        422,
                        "INVALID_REQUEST",
                        "/filters"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"q\": \"" + "x".repeat(10_240) + "\"}",
                        422,
                        "INVALID_REQUEST",
                        "/q"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filter\": \"price <\"}",
                        422,
                        "FILTER_INVALID",
                        "/filter"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filter\": \"nobody = 1\"}",
                        422,
                        "FILTER_INVALID",
                        "/filter"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filter\": \"price = cheap\"}",
                        422,
                        "FILTER_INVALID",
                        "/filter"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filter\": "
                                + "{\"not\": ".repeat(60)
                                + "{\"field\": \"price\", \"op\": \"exists\"}"
                                + "}".repeat(60)
                                + "}",
                        422,
                        "FILTER_INVALID",
                        "/filter"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"filter\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                        400,
                        "",
                        ""),
                wrong("POST", SEARCH, "{\"sort\": [\"title\"]}", 422, "INVALID_REQUEST", "/sort/0"),
                wrong(
                        "POST",
                        SEARCH,
                        "{\"facets\": [\"nobody\"]}",
                        422,
                        "INVALID_REQUEST",
                        "/facets/0"),
                wrong("POST", SEARCH, "{\"mode\": \"magic\"}", 422, "INVALID_REQUEST", "/mode"),
                wrong("POST", "/v1/catalogs/nowhere/search", "{}", 404, "CATALOG_NOT_FOUND", ""),
                wrong("POST", "/v1/catalogs/No%20Name/search", "{}", 404, "CATALOG_NOT_FOUND", ""),
                wrong("PUT", PRODUCT, "[]", 422, "PRODUCT_INVALID", ""),
                wrong("PUT", PRODUCT, "{\"price\": \"cheap\"}", 422, "PRODUCT_INVALID", "/price"),
                wrong("PUT", PRODUCT, "{\"price\": 1e999}", 422, "PRODUCT_INVALID", "/price"),
                wrong("PUT", PRODUCT, "{\"price\": NaN}", 400, "MALFORMED_JSON", ""),
                wrong("PUT", PRODUCT, "{\"id\": \"other\"}", 422, "PRODUCT_ID_INVALID", "/id"),
                wrong(
                        "PUT",
                        "/v1/catalogs/electronics/products/%01",
                        "{}",
                        422,
                        "PRODUCT_ID_INVALID",
                        ""),
                wrong("PUT", "/v1/catalogs/nowhere/products/1", "{}", 404, "CATALOG_NOT_FOUND", ""),
                wrong(
                        "PUT",
                        "/v1/catalogs/Bad Name".replace(" ", "%20"),
                        "{\"fields\": []}",
                        422,
                        "CATALOG_NAME_INVALID",
                        "catalog"),
                wrong(
                        "PUT",
                        "/v1/aliases/Bad%20Name",
                        "{\"catalog\": \"electronics\"}",
                        422,
                        "CATALOG_NAME_INVALID",
                        "catalog"),
                wrong(
                        "PUT",
                        "/v1/catalogs/bad",
                        "{\"fields\": [{\"name\": \"a\", \"type\": \"vector\"}]}",
                        422,
                        "INVALID_REQUEST",
                        "/fields/0/type"),
                wrong(
                        "PUT",
                        "/v1/catalogs/bad",
                        "{\"fields\": [{\"name\": \"a\", \"type\": \"text\", \"weight\": -1}]}",
                        422,
                        "SCHEMA_INVALID",
                        "/fields/0/weight"),
                wrong(
                        "GET",
                        "/v1/catalogs/electronics/products/nobody",
                        "",
                        404,
                        "PRODUCT_NOT_FOUND",
                        ""),
                wrong(
                        "POST",
                        "/v1/catalogs/electronics/products/nobody/similar",
                        "{}",
                        404,
                        "PRODUCT_NOT_FOUND",
                        ""),
                wrong(
                        "POST",
                        "/v1/catalogs/electronics/products:import?mode=guess",
                        "{}",
                        400,
                        "INVALID_PARAMETER",
                        "mode"),
                wrong("GET", "/v1/nothing", "", 404, "NOT_FOUND", ""),
                wrong("PATCH", SEARCH, "{}", 405, "METHOD_NOT_ALLOWED", ""),
                wrong("GET", "/internal/v1/catalogs/electronics/status", "", 404, "NOT_FOUND", ""));
    }

    private static Arguments wrong(
            String method, String path, String body, int status, String code, String pointer) {
        return Arguments.of(method, path, body, status, code, pointer);
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void wrongRequest_isAnsweredClearly(
            String method, String path, String body, int status, String code, String pointer) {
        String type = path.contains(":import") ? "application/x-ndjson" : "application/json";
        Shop.Answer answer = shop.send(method, path, body, "Content-Type", type);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("traceId").asString()).isNotBlank();
        if (!code.isEmpty()) {
            assertThat(answer.body().path("code").asString()).isEqualTo(code);
        }
        if (!pointer.isEmpty()) {
            assertThat(answer.body().path("errors").path(0).path("pointer").asString())
                    .startsWith(pointer);
        }
    }

    @Test
    void controlCharactersInAQuery_areReadOver() {
        Shop.Answer answer = shop.post(SEARCH, "{\"q\": \"lap\\u0000top\\u0007 \\u202e\"}");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aBodyOf100Megabytes_isRefusedOrAnsweredLineByLine() {
        String line = "{\"id\": \"huge\", \"title\": \"" + "x".repeat(2_000_000) + "\"}\n";
        Shop.Answer json =
                shop.send("PUT", PRODUCT, line.repeat(50), "Content-Type", "application/json");
        assertThat(json.status()).isEqualTo(413);
        assertThat(json.body().path("code").asString()).isEqualTo("PAYLOAD_TOO_LARGE");

        assertThat(
                        shop.put(
                                        "/v1/catalogs/bodies",
                                        "{\"fields\": [{\"name\": \"title\", \"type\": \"text\", \"weight\": 1}]}")
                                .status())
                .isIn(200, 201);
        List<JsonNode> results =
                shop.importLines(
                        "bodies",
                        "upsert",
                        line.repeat(50) + "{\"id\": \"good\", \"title\": \"good\"}\n");
        assertThat(results).hasSize(52);
        assertThat(results.subList(0, 50))
                .allSatisfy(r -> assertThat(r.get("status").asString()).isEqualTo("rejected"));
        assertThat(results.get(50).get("id").asString()).isEqualTo("good");
        assertThat(results.get(50).get("status").asString()).isIn("created", "unchanged");
    }
}
