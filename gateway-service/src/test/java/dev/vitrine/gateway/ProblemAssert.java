package dev.vitrine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** What every error answer has in common. */
public final class ProblemAssert {

    private ProblemAssert() {}

    /** Asserts a problem with this status and code and returns its body. */
    public static JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(response.body())
                .startsWith("application/problem+json");
        JsonNode problem = RunningGateway.json(response);
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("type").stringValue()).isEqualTo("urn:vitrine:problem:" + code);
        assertThat(problem.get("traceId").stringValue()).matches("[0-9a-f]{32}");
        return problem;
    }
}
