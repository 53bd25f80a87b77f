package dev.vitrine.servicekit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.contracts.index.FilterParser;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.contracts.retrieval.SearchRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

final class ProblemAdviceWebTest {

    @SuppressWarnings("DoNotCallSuggester") // failing is what these handlers are for
    @RestController
    static final class Faulty {

        @PostMapping("/search")
        String search(@RequestBody SearchRequest request) {
            return String.valueOf(request.q());
        }

        @GetMapping("/number")
        String number(@RequestParam int n) {
            return Integer.toString(n);
        }

        @GetMapping("/away")
        String away() {
            throw new ProblemException(CommonErrors.UNAVAILABLE, "the database is away")
                    .withRetryAfter(Duration.ofSeconds(3))
                    .withErrors(List.of(new FieldError("/a", "b")));
        }

        @GetMapping("/filter")
        String filter() {
            return FilterParser.parse("brand =").toString();
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret detail");
        }

        @GetMapping("/context")
        String context(RequestContext context) {
            return context.tenant() + " " + context.deadline().remaining().toSeconds();
        }
    }

    private final MockMvcTester mvc =
            MockMvcTester.create(
                    MockMvcBuilders.standaloneSetup(new Faulty())
                            .setControllerAdvice(new ProblemAdvice())
                            .setCustomArgumentResolvers(
                                    new RequestContextResolver(
                                            Duration.ofSeconds(10),
                                            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
                            .build());

    @Test
    void malformedJson_is400WithLineAndColumn() {
        Problem problem = problem(post("{\"q\": "), 400);
        assertThat(problem.code()).isEqualTo("MALFORMED_JSON");
        assertThat(problem.detail()).contains("line 1");
    }

    @Test
    void wrongType_is422WithPointer() {
        Problem problem = problem(post("{\"facets\": [{\"name\": \"a\", \"limit\": \"x\"}]}"), 422);
        assertThat(problem.code()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.errors()).hasSize(1);
        assertThat(problem.errors().getFirst().pointer()).startsWith("/facets/0");
    }

    @Test
    void wrongParameter_is400WithItsName() {
        Problem problem = problem(mvc.get().uri("/number?n=one").exchange(), 400);
        assertThat(problem.errors().getFirst().pointer()).isEqualTo("n");
        assertThat(problem(mvc.get().uri("/number").exchange(), 400).code())
                .isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void ownProblem_keepsCodeErrorsAndRetryAfter() {
        MvcTestResult result = mvc.get().uri("/away").exchange();
        assertThat(result.getResponse().getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo("3");
        Problem problem = problem(result, 503);
        assertThat(problem.errors()).containsExactly(new FieldError("/a", "b"));
        assertThat(problem.traceId()).matches("[0-9a-f]{32}");
    }

    @Test
    void faultyFilter_is422WithPosition() {
        Problem problem = problem(mvc.get().uri("/filter").exchange(), 422);
        assertThat(problem.code()).isEqualTo("FILTER_INVALID");
        assertThat(problem.errors().getFirst().message()).contains("at the end");
    }

    @Test
    void anythingElse_is500WithoutItsDetail() {
        Problem problem = problem(mvc.get().uri("/broken").exchange(), 500);
        assertThat(problem.code()).isEqualTo("INTERNAL");
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @Test
    void wrongMethodAndMediaType_keepTheirStatus() {
        assertThat(problem(mvc.delete().uri("/number").exchange(), 405).code())
                .isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(
                        problem(
                                        mvc.post()
                                                .uri("/search")
                                                .contentType(MediaType.TEXT_PLAIN)
                                                .content("x")
                                                .exchange(),
                                        415)
                                .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void context_comesFromHeaders_andIsBounded() {
        assertThat(mvc.get().uri("/context").exchange()).bodyText().isEqualTo("default 10");
        assertThat(
                        mvc.get()
                                .uri("/context")
                                .header("Vitrine-Tenant", "acme")
                                .header("Vitrine-Deadline-Millis", "3000")
                                .exchange())
                .bodyText()
                .isEqualTo("acme 3");
        problem(mvc.get().uri("/context").header("Vitrine-Tenant", "A B").exchange(), 400);
        problem(mvc.get().uri("/context").header("Vitrine-Deadline-Millis", "x").exchange(), 400);
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/search")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static Problem problem(MvcTestResult result, int status) {
        assertThat(result).hasStatus(status).hasContentType(Problem.MEDIA_TYPE);
        return WireJson.read(result.getResponse().getContentAsByteArray(), Problem.class);
    }
}
