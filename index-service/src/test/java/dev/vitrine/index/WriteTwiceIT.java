package dev.vitrine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.embedded.testing.TestPlatform;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are sent again under their idempotency key. */
class WriteTwiceIT {

    private static final String PATH = "/v1/catalogs/twice/products/";

    private static WriterApp app;

    @BeforeAll
    static void start() {
        app = WriterApp.start(TestPlatform.freshDatabase(WriteTwiceIT.class));
        assertThat(app.put("/v1/catalogs/twice", CatalogWriteIT.SCHEMA).statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void everyMethod_sentAgainAfterOthersWrote_answersAsBeforeAndChangesNothing() {
        HttpResponse<String> put = send("PUT", "a", "k-put", "{\"title\":\"one\"}");
        HttpResponse<String> patch = send("PATCH", "a", "k-patch", "{\"price\":2}", "\"1\"");
        app.put(PATH + "a", "{\"title\":\"by somebody else\"}");

        assertSame(send("PUT", "a", "k-put", "{\"title\":\"one\"}"), put);
        assertThat(put.statusCode()).isEqualTo(201);
        // Its If-Match would fail now, and it must not: the first one succeeded.
        assertSame(send("PATCH", "a", "k-patch", "{\"price\":2}", "\"1\""), patch);
        assertThat(patch.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(app.get(PATH + "a").body()).contains("by somebody else");

        HttpResponse<String> deleted = send("DELETE", "a", "k-delete", "");
        assertThat(deleted.statusCode()).isEqualTo(204);
        app.put(PATH + "a", "{\"title\":\"again\"}");
        assertSame(send("DELETE", "a", "k-delete", ""), deleted);
        assertThat(app.get(PATH + "a").body()).contains("again");
    }

    @Test
    void refusal_sentAgain_isTheSameRefusal() {
        app.put(PATH + "b", "{\"title\":\"one\"}");
        HttpResponse<String> refused =
                send("PUT", "b", "k-refused", "{\"title\":\"two\"}", "\"9\"");
        CatalogWriteIT.assertProblem(refused, 412, "PRECONDITION_FAILED");
        HttpResponse<String> invalid = send("PUT", "b", "k-invalid", "{\"price\":\"a lot\"}");
        CatalogWriteIT.assertProblem(invalid, 422, "PRODUCT_INVALID");
        app.delete(PATH + "b");
        HttpResponse<String> again = send("PUT", "b", "k-refused", "{\"title\":\"two\"}", "\"9\"");
        CatalogWriteIT.assertProblem(again, 412, "PRECONDITION_FAILED");
        assertThat(WriterApp.json(again.body()).get("detail"))
                .isEqualTo(WriterApp.json(refused.body()).get("detail"));
        assertThat(
                        WriterApp.json(
                                        send("PUT", "b", "k-invalid", "{\"price\":\"a lot\"}")
                                                .body())
                                .at("/errors/0/pointer")
                                .asString())
                .isEqualTo("/price");
    }

    @Test
    void sameKey_otherBodyPathMethodOrCondition_is422() {
        send("PUT", "c", "k-other", "{\"title\":\"one\"}");
        for (HttpResponse<String> other :
                List.of(
                        send("PUT", "c", "k-other", "{\"title\":\"two\"}"),
                        send("PUT", "d", "k-other", "{\"title\":\"one\"}"),
                        send("PATCH", "c", "k-other", "{\"title\":\"one\"}"),
                        send("PUT", "c", "k-other", "{\"title\":\"one\"}", "\"1\""))) {
            CatalogWriteIT.assertProblem(other, 422, "IDEMPOTENCY_KEY_REUSED");
            assertThat(WriterApp.json(other.body()).at("/errors/0/pointer").asString())
                    .isEqualTo("Idempotency-Key");
        }
        CatalogWriteIT.assertProblem(app.get(PATH + "d"), 404, "PRODUCT_NOT_FOUND");
        CatalogWriteIT.assertProblem(send("PUT", "c", "two words", "{}"), 400, "INVALID_PARAMETER");
    }

    @Test
    void sameKeyAtOnce_takesEffectOnce() throws Exception {
        app.put(PATH + "e", "{\"title\":\"start\"}");
        int senders = 12;
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(senders)) {
            List<Callable<HttpResponse<String>>> work = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                work.add(() -> send("PATCH", "e", "k-race", "{\"price\":5}", "\"1\""));
            }
            for (Future<HttpResponse<String>> done : pool.invokeAll(work)) {
                answers.add(done.get());
            }
        }
        // Without the key all but one would fail their precondition.
        for (HttpResponse<String> answer : answers) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(answers.getFirst().body())
                    .contains("\"version\":2");
        }
        assertThat(app.get(PATH + "e").headers().firstValue("ETag")).hasValue("\"2\"");
    }

    @Test
    void oldKey_isForgotten() {
        try (WriterApp forgetful =
                WriterApp.start(
                        TestPlatform.freshDatabase(WriteTwiceIT.class),
                        "index.idempotency.keep=1ms",
                        "index.task.lease=300ms")) {
            forgetful.put("/v1/catalogs/twice", CatalogWriteIT.SCHEMA);
            assertThat(put(forgetful, "{\"title\":\"0\"}").statusCode()).isEqualTo(201);
            // Another body under the key is an error for as long as the key is known.
            WriterApp.await(
                    "the key is forgotten",
                    pause -> put(forgetful, "{\"title\":\"1\"}").statusCode() == 200);
        }
    }

    @Test
    void jsonPatch_isNoMergePatch() {
        app.put(PATH + "f", "{\"title\":\"one\"}");
        CatalogWriteIT.assertProblem(
                app.send(
                        app.request(PATH + "f")
                                .header("Content-Type", "application/json-patch+json")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString("[]"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    private static HttpResponse<String> put(WriterApp to, String body) {
        return to.send(
                to.request(PATH + "old")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "k-old")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void assertSame(HttpResponse<String> again, HttpResponse<String> first) {
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("ETag"))
                .isEqualTo(first.headers().firstValue("ETag"));
    }

    private static HttpResponse<String> send(
            String method, String id, String key, String body, String... ifMatch) {
        HttpRequest.Builder request =
                app.request(PATH + id)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (String version : ifMatch) {
            request.header("If-Match", version);
        }
        return app.send(request);
    }
}
