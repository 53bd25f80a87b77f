package dev.vitrine.embedding.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.embedding.EmbeddingPurpose;
import dev.vitrine.contracts.wire.VectorBytes;
import dev.vitrine.embedding.EmbeddingApplication;
import dev.vitrine.embedding.encode.EncodeLanes;
import dev.vitrine.embedding.encode.Encoder;
import dev.vitrine.servicekit.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** The HTTP entry with the real model and without a broker. */
@SpringBootTest(
        classes = EmbeddingApplication.class,
        properties = {
            "spring.config.name=embedding",
            "embedding.catalog.enabled=false",
            "embedding.encode.query-capacity=4",
            "embedding.request.texts-max=8",
            "embedding.request.characters-max=20",
            "embedding.request.body-max=2KB"
        })
@AutoConfigureMockMvc
class EmbeddingWebTest {

    @Autowired private MockMvcTester mvc;
    @Autowired private Encoder encoder;
    @Autowired private EncodeLanes lanes;
    @Autowired private MeterRegistry meters;

    @Test
    void embed_twoTexts_givesTheirVectorsInOrder() {
        JsonNode body = ok(Map.of("texts", List.of("lamp", "chair"), "purpose", "query"));

        assertThat(body.get("model").stringValue()).isEqualTo(encoder.model());
        assertThat(body.get("dimensions").intValue()).isEqualTo(384);
        assertThat(vector(body, 0)).containsExactly(encoder.encode("lamp", EmbeddingPurpose.QUERY));
        assertThat(vector(body, 1))
                .containsExactly(encoder.encode("chair", EmbeddingPurpose.QUERY));
    }

    @Test
    void embed_sameQueryAgain_comesFromTheCache() {
        Map<String, Object> request = Map.of("texts", List.of("sofa"), "purpose", "query");
        JsonNode first = ok(request);
        double hits = meters.get("cache.gets").tag("result", "hit").functionCounter().count();

        assertThat(ok(request)).isEqualTo(first);
        assertThat(meters.get("cache.gets").tag("result", "hit").functionCounter().count())
                .isEqualTo(hits + 1);
    }

    @Test
    void embed_faultyBody_pointsAtEveryFault() {
        JsonNode problem =
                problem(422, "{\"texts\": [\"fine\", 5, \" \", \"" + "x".repeat(21) + "\"]}");

        assertThat(problem.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("errors"))
                .hasToString(
                        "[{\"pointer\":\"/texts/1\",\"message\":\"must be a string\"},"
                                + "{\"pointer\":\"/texts/2\",\"message\":\"must not be blank\"},"
                                + "{\"pointer\":\"/texts/3\",\"message\":\"has 21 characters; at"
                                + " most 20\"},"
                                + "{\"pointer\":\"/purpose\",\"message\":\"must be \\\"query\\\""
                                + " or \\\"product\\\"\"}]");
    }

    @Test
    void embed_tooManyOrNoTexts_isRefused() {
        assertThat(problem(422, "{\"texts\": [], \"purpose\": \"query\"}").at("/errors/0/pointer"))
                .hasToString("\"/texts\"");
        assertThat(problem(422, "[1]").at("/errors/0/pointer")).hasToString("\"/texts\"");
        assertThat(
                        problem(
                                        422,
                                        "{\"texts\": ["
                                                + "\"a\",".repeat(8)
                                                + "\"a\"], \"purpose\": \"product\"}")
                                .at("/errors/0/message"))
                .hasToString("\"has 9 texts; at most 8\"");
    }

    @Test
    void embed_noJson_isMalformed() {
        assertThat(problem(400, "{\"texts\":").get("code").stringValue())
                .isEqualTo("MALFORMED_JSON");
        assertThat(problem(413, " ".repeat(3000)).get("code").stringValue())
                .isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void embed_deadlineOver_isATimeout() {
        MvcTestResult result =
                mvc.post()
                        .uri("/internal/v1/embeddings")
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Vitrine-Deadline-Millis", "0")
                        .content("{\"texts\": [\"never seen\"], \"purpose\": \"query\"}")
                        .exchange();

        assertThat(result).hasStatus(504);
        assertThat(result).bodyText().contains("\"code\":\"TIMEOUT\"");
        assertThat(lanes.waiting(EmbeddingPurpose.QUERY)).isZero();
    }

    @Test
    void embed_moreTextsThanTheLaneHolds_isOverload() {
        MvcTestResult result =
                post("{\"texts\": [\"1\",\"2\",\"3\",\"4\",\"5\"], \"purpose\": \"query\"}");

        assertThat(result).hasStatus(429).containsHeader("Retry-After");
        assertThat(result).bodyText().contains("\"code\":\"OVERLOADED\"");
    }

    @Test
    void health_modelLoaded_isReadyAndNamesIt() {
        MvcTestResult result = mvc.get().uri("/actuator/health/readiness").exchange();

        assertThat(result).hasStatusOk();
        assertThat(result).bodyText().contains(encoder.model());
    }

    private JsonNode ok(Map<String, Object> request) {
        MvcTestResult result = post(WireJson.mapper().writeValueAsString(request));
        assertThat(result).hasStatusOk();
        return WireJson.mapper().readTree(result.getResponse().getContentAsByteArray());
    }

    private JsonNode problem(int status, String body) {
        MvcTestResult result = post(body);
        assertThat(result).hasStatus(status);
        assertThat(result).hasContentType("application/problem+json");
        return WireJson.mapper().readTree(result.getResponse().getContentAsByteArray());
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/internal/v1/embeddings")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static float[] vector(JsonNode body, int index) {
        return VectorBytes.decode(
                Base64.getDecoder().decode(body.get("vectors").get(index).stringValue()));
    }
}
