package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever is sent: a 4xx with code and pointer, never a 500. */
class BadInputIT {

    private static final int MEGABYTES = 100;

    private static WriterApp app;

    @BeforeAll
    static void start() {
        app = WriterApp.start(TestPlatform.freshDatabase(BadInputIT.class));
        app.put("/v1/catalogs/bad", CatalogWriteIT.SCHEMA);
        app.put("/v1/catalogs/bad/products/kept", "{\"title\":\"kept\"}");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static Stream<Arguments> products() {
        return Stream.of(
                Arguments.of("no body", "", 400, "MALFORMED_JSON", null),
                Arguments.of("cut off", "{\"title\":", 400, "MALFORMED_JSON", null),
                Arguments.of("trailing", "{} {}", 400, "MALFORMED_JSON", null),
                Arguments.of("NaN", "{\"price\":NaN}", 400, "MALFORMED_JSON", null),
                Arguments.of("twice", "{\"a\":1,\"a\":2}", 400, "MALFORMED_JSON", null),
                Arguments.of("a list", "[1]", 422, "PRODUCT_INVALID", ""),
                Arguments.of("null", "null", 422, "PRODUCT_INVALID", ""),
                Arguments.of("a text", "\"x\"", 422, "PRODUCT_INVALID", ""),
                Arguments.of("huge", "{\"price\":1e999}", 422, "PRODUCT_INVALID", "/price"),
                Arguments.of(
                        "endless number",
                        "{\"price\":" + "9".repeat(5000) + "}",
                        422,
                        "PRODUCT_INVALID",
                        ""),
                Arguments.of("wrong type", "{\"price\":\"abc\"}", 422, "PRODUCT_INVALID", "/price"),
                Arguments.of("object", "{\"title\":{}}", 422, "PRODUCT_INVALID", "/title"),
                Arguments.of(
                        "in a list", "{\"price\":[1,\"x\"]}", 422, "PRODUCT_INVALID", "/price/1"),
                Arguments.of(
                        "date", "{\"released\":\"soon\"}", 422, "PRODUCT_INVALID", "/released"),
                Arguments.of(
                        "boolean", "{\"in_stock\":\"maybe\"}", 422, "PRODUCT_INVALID", "/in_stock"),
                Arguments.of("NUL", "{\"title\":\"\\u0000\"}", 422, "PRODUCT_INVALID", "/title"),
                Arguments.of(
                        "half a character",
                        "{\"title\":\"\\ud800x\"}",
                        422,
                        "PRODUCT_INVALID",
                        "/title"),
                Arguments.of("no name", "{\"\":1}", 422, "PRODUCT_INVALID", ""),
                Arguments.of("tilde", "{\"a/~b\":1e999}", 422, "PRODUCT_INVALID", "/a~1~0b"),
                Arguments.of(
                        "long text",
                        "{\"title\":\"" + "x".repeat(70_000) + "\"}",
                        422,
                        "PRODUCT_INVALID",
                        "/title"),
                Arguments.of(
                        "deep",
                        "{\"a\":" + "[".repeat(10) + "]".repeat(10) + "}",
                        422,
                        "PRODUCT_INVALID",
                        "/a" + "/0".repeat(9)),
                Arguments.of(
                        "very deep",
                        "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                        422,
                        "PRODUCT_INVALID",
                        ""),
                Arguments.of("wide", wide(2001), 422, "PRODUCT_INVALID", ""),
                Arguments.of(
                        "large",
                        "{\"t\":[" + text(60_000) + (',' + text(60_000)).repeat(9) + "]}",
                        413,
                        "PRODUCT_TOO_LARGE",
                        null),
                Arguments.of("other id", "{\"id\":\"x\"}", 422, "PRODUCT_ID_INVALID", "/id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("products")
    void product_isRefusedWithCodeAndPointer(
            String name, String body, int status, String code, @Nullable String pointer) {
        HttpResponse<String> put = app.put("/v1/catalogs/bad/products/1", body);
        CatalogWriteIT.assertProblem(put, status, code);
        if (pointer != null) {
            assertThat(WriterApp.json(put.body()).get("errors").get(0).get("pointer").asString())
                    .isEqualTo(pointer);
        }
        // Nothing was written, and the same in a patch is refused as well.
        CatalogWriteIT.assertProblem(
                app.get("/v1/catalogs/bad/products/1"), 404, "PRODUCT_NOT_FOUND");
        if (!name.equals("other id")) {
            CatalogWriteIT.assertProblem(
                    app.patch("/v1/catalogs/bad/products/kept", body), status, code);
        }
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of("not json", "{", "MALFORMED_JSON", 400, null),
                Arguments.of("no fields", "{}", "INVALID_REQUEST", 422, null),
                Arguments.of("null", "null", "INVALID_REQUEST", 422, null),
                Arguments.of("null fields", "{\"fields\":null}", "INVALID_REQUEST", 422, null),
                Arguments.of("null field", "{\"fields\":[null]}", "INVALID_REQUEST", 422, null),
                Arguments.of(
                        "null name",
                        field("\"name\":null,\"type\":\"text\""),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0"),
                Arguments.of(
                        "null type",
                        field("\"name\":\"a\",\"type\":null"),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0"),
                Arguments.of(
                        "type",
                        field("\"name\":\"a\",\"type\":\"strnig\""),
                        "INVALID_REQUEST",
                        422,
                        "/fields/0/type"),
                Arguments.of(
                        "same name",
                        "{\"fields\":[{\"name\":\"a\",\"type\":\"text\"},"
                                + "{\"name\":\"a\",\"type\":\"text\"}]}",
                        "SCHEMA_INVALID",
                        422,
                        "/fields/1/name"),
                Arguments.of(
                        "weight",
                        field("\"name\":\"a\",\"type\":\"text\",\"weight\":101"),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/weight"),
                Arguments.of(
                        "searchable number",
                        field("\"name\":\"a\",\"type\":\"number\",\"weight\":1"),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/weight"),
                Arguments.of(
                        "facet of prose",
                        field("\"name\":\"a\",\"type\":\"text\",\"facet\":true"),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/type"),
                Arguments.of(
                        "pattern",
                        field("\"name\":\"a*b*\",\"type\":\"text\""),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/name"),
                Arguments.of(
                        "id",
                        field("\"name\":\"id\",\"type\":\"keyword\""),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/name"),
                Arguments.of(
                        "price as text",
                        field("\"name\":\"a\",\"type\":\"keyword\",\"role\":\"price\""),
                        "SCHEMA_INVALID",
                        422,
                        "/fields/0/role"),
                Arguments.of(
                        "placeholder",
                        "{\"fields\":[{\"name\":\"a\",\"type\":\"text\"}],"
                                + "\"semanticText\":\"{b}\"}",
                        "SCHEMA_INVALID",
                        422,
                        "/semanticText"),
                Arguments.of(
                        "NUL in the template",
                        "{\"fields\":[{\"name\":\"a\",\"type\":\"text\"}],"
                                + "\"semanticText\":\"x\\u0000 {a}\"}",
                        "SCHEMA_INVALID",
                        422,
                        "/semanticText"),
                Arguments.of(
                        "brace",
                        "{\"fields\":[{\"name\":\"a\",\"type\":\"text\"}],"
                                + "\"semanticText\":\"{a\"}",
                        "SCHEMA_INVALID",
                        422,
                        "/semanticText"),
                Arguments.of(
                        "too many",
                        "{\"fields\":["
                                + IntStream.range(0, 501)
                                        .mapToObj("{\"name\":\"f%d\",\"type\":\"text\"}"::formatted)
                                        .collect(Collectors.joining(","))
                                + "]}",
                        "SCHEMA_INVALID",
                        422,
                        "/fields"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void schema_isRefusedWithCodeAndPointer(
            String name, String body, String code, int status, @Nullable String pointer) {
        HttpResponse<String> answer = app.put("/v1/catalogs/new", body);
        CatalogWriteIT.assertProblem(answer, status, code);
        if (pointer != null) {
            JsonNode errors = WriterApp.json(answer.body()).get("errors");
            assertThat(errors.get(0).get("pointer").asString()).isEqualTo(pointer);
        }
        assertThat(app.get("/v1/catalogs/new").statusCode()).isEqualTo(404);
    }

    @Test
    void names_thatCannotBe() {
        HttpResponse<String> upper = app.put("/v1/catalogs/Upper", CatalogWriteIT.SCHEMA);
        CatalogWriteIT.assertProblem(upper, 422, "CATALOG_NAME_INVALID");
        assertThat(WriterApp.json(upper.body()).get("detail").asString())
                .isEqualTo(
                        "a catalogue name has 1 to 63 lower-case letters, digits, '-' or '_', and"
                                + " begins with a letter or digit");
        assertThat(WriterApp.json(upper.body()).at("/errors/0/pointer").asString())
                .isEqualTo("catalog");
        CatalogWriteIT.assertProblem(app.get("/v1/catalogs/Upper"), 404, "CATALOG_NOT_FOUND");
        CatalogWriteIT.assertProblem(
                app.put("/v1/catalogs/none/products/1", "{}"), 404, "CATALOG_NOT_FOUND");
        CatalogWriteIT.assertProblem(
                app.put("/v1/catalogs/bad/products/a%07b", "{}"), 422, "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(
                app.put("/v1/catalogs/bad/products/" + "i".repeat(257), "{}"),
                422,
                "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(
                app.put("/v1/catalogs/bad/products/", "{}"), 422, "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(
                app.importBytes("none", "", "application/x-ndjson", new byte[0]),
                404,
                "CATALOG_NOT_FOUND");
    }

    @Test
    void semicolonInAPath_isRefused_andNotTheBeginningOfAParameter() {
        app.put("/v1/catalogs/bad/products/A", "{\"title\":\"A\"}");
        String other = "/v1/catalogs/bad/products/A;B";
        CatalogWriteIT.assertProblem(app.get(other), 422, "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(app.put(other, "{}"), 422, "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(app.patch(other, "{}"), 422, "PRODUCT_ID_INVALID");
        CatalogWriteIT.assertProblem(app.delete(other), 422, "PRODUCT_ID_INVALID");
        assertThat(app.get("/v1/catalogs/bad/products/A").body()).contains("\"title\":\"A\"");

        String encoded = "/v1/catalogs/bad/products/A%3BB";
        assertThat(app.put(encoded, "{}").statusCode()).isEqualTo(201);
        assertThat(app.get(encoded).body()).isEqualTo("{\"id\":\"A;B\"}");
    }

    @Test
    void hundredMegabytes_announcedOrStreamed_is413AndTheClientReadsIt() {
        byte[] body = new byte[MEGABYTES * 1024 * 1024];
        CatalogWriteIT.assertProblem(
                app.send(
                        app.request("/v1/catalogs/bad/products/1")
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))),
                413,
                "PRODUCT_TOO_LARGE");
        CatalogWriteIT.assertProblem(
                app.send(
                        app.request("/v1/catalogs/new")
                                .header("Content-Type", "application/json")
                                .PUT(
                                        HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))),
                413,
                "PAYLOAD_TOO_LARGE");
    }

    @Test
    void emptyImport_isAnsweredWithItsSummary() {
        HttpResponse<String> answer =
                app.importBytes(
                        "bad",
                        "",
                        "application/x-ndjson",
                        "\n  \n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.body()).startsWith("{\"summary\":{\"accepted\":0,\"rejected\":0,");
    }

    private static String field(String members) {
        return "{\"fields\":[{" + members + "}]}";
    }

    private static String text(int length) {
        return '"' + "x".repeat(length) + '"';
    }

    private static String wide(int fields) {
        return IntStream.range(0, fields)
                .mapToObj("\"f%d\":1"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
