package dev.vitrine.retrieval.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.contracts.catalog.CatalogSchema;
import dev.vitrine.contracts.index.Filter;
import dev.vitrine.contracts.index.MinimumMatch;
import dev.vitrine.contracts.index.SearchPlan;
import dev.vitrine.contracts.index.SortKey;
import dev.vitrine.contracts.index.TextQuery;
import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.retrieval.query.Query;
import dev.vitrine.retrieval.query.QueryUnderstanding;
import dev.vitrine.retrieval.query.QueryVector;
import dev.vitrine.servicekit.Deadline;
import dev.vitrine.servicekit.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SearchPlannerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final CatalogSchema SCHEMA =
            JsonMapper.shared()
                    .readValue(
                            """
                            {"fields":[
                             {"name":"title","type":"text","weight":3,"role":"title"},
                             {"name":"brand","type":"keyword","filterable":true,"facet":true,"sortable":true},
                             {"name":"price","type":"number","filterable":true,"facet":true,"sortable":true},
                             {"name":"since","type":"date","filterable":true,"facet":true},
                             {"name":"sale","type":"boolean","filterable":true},
                             {"name":"attr_n_*","type":"number","filterable":true,"facet":true}]}
                            """,
                            CatalogSchema.class);

    private static final HeadProperties HEAD =
            new HeadProperties("fixed-logistic-1", 1, -3, 3, 4, 0.5, 0.35, 0);

    private final SearchPlanner planner =
            new SearchPlanner(new PlanProperties(1000, 0.5, 2, 0.75), HEAD);

    @Test
    void plan_hybrid_hasBothLegs() {
        SearchPlan plan = plan("{\"q\":\"usb hub\"}", vector());
        assertThat(plan.text()).isEqualTo(new TextQuery("usb hub", new MinimumMatch(2, 0.75)));
        assertThat(plan.vector()).hasSize(8);
        assertThat(plan.model()).isEqualTo("mini");
        assertThat(plan.head().semanticFloor()).isEqualTo(0.5);
        assertThat(plan.limit()).isEqualTo(20);
        assertThat(plan.offset()).isZero();
        assertThat(plan.facets()).isEmpty();
        assertThat(plan.fields()).isNull();
        assertThat(plan.limits().maxCandidates()).isEqualTo(1000);
        assertThat(plan.limits().timeMillis()).as("half of two seconds").isEqualTo(1000);
    }

    @Test
    void plan_minimumMatch_isAllOfTwoThenThreeQuarters() {
        TextQuery text = Objects.requireNonNull(plan("{\"q\":\"usb hub\"}", null).text());
        assertThat(IntStream.rangeClosed(1, 8).map(text.minimumMatch()::of))
                .containsExactly(1, 2, 2, 3, 3, 4, 5, 6);
    }

    @Test
    void plan_lexical_hasNoVector() {
        CheckedSearch search = check("{\"q\":\"usb hub\",\"mode\":\"lexical\"}");
        assertThat(search.wantsVector()).isFalse();
        assertThat(planner.plan(search, null, deadline()).vector()).isNull();
    }

    @Test
    void plan_semantic_hasNoTextAndItsOwnFloor() {
        SearchPlan plan = plan("{\"q\":\"usb hub\",\"mode\":\"semantic\"}", vector());
        assertThat(plan.text()).isNull();
        assertThat(plan.vector()).isNotNull();
        assertThat(plan.head().semanticFloor()).isEqualTo(0.35);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"q\":\"\"}", "{\"q\":\"  \",\"mode\":\"semantic\"}"})
    void plan_emptyQuery_browses(String json) {
        assertThat(check(json).wantsVector()).isFalse();
        SearchPlan plan = plan(json, null);
        assertThat(plan.text()).isNull();
        assertThat(plan.identifier()).isNull();
        assertThat(plan.vector()).isNull();
    }

    @Test
    void plan_wholeQueryIsACode_isLookedUpInEveryMode() {
        assertThat(plan("{\"q\":\"EOS-5D\",\"mode\":\"semantic\"}", vector()).identifier())
                .isEqualTo("EOS-5D");
    }

    @Test
    void check_sort_readsAllNotations() {
        assertThat(check("{\"sort\":[\"price\",\"-brand\"]}").sort())
                .containsExactly(new SortKey("price", false), new SortKey("brand", true));
        assertThat(check("{\"sort\":[\"price:desc\",\"brand:asc\"]}").sort())
                .containsExactly(new SortKey("price", true), new SortKey("brand", false));
    }

    @Test
    void check_filterString_isParsed() {
        assertThat(check("{\"filter\":\"attr_n_watt >= 5 AND brand = 'X'\"}").filter())
                .isEqualTo(
                        new Filter.And(
                                List.of(
                                        new Filter.Range("attr_n_watt", "5", true, null, false),
                                        new Filter.In("brand", List.of("X")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"filter\":null}", "{\"filter\":\"\"}", "{\"filter\":\"  \"}"})
    void check_emptyFilter_isNone(String json) {
        assertThat(check(json).filter()).isNull();
    }

    /** As index and recommender read them; facets of dates name epoch milliseconds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"filter\":{\"field\":\"since\",\"op\":\">=\",\"value\":1704067200000}}",
                "{\"filter\":\"since > '2026-01-31T12:00:00+01:00'\"}",
                "{\"filter\":\"since > 2026-01-31\"}",
                "{\"filter\":\"sale = TRUE\"}",
                "{\"filter\":\"sale = ' false '\"}",
                "{\"filter\":\"price = ' 5 '\"}"
            })
    void check_filterValuesInAnyForm_areTaken(String json) {
        assertThat(check(json).filter()).isNotNull();
    }

    @Test
    void check_facetPatterns_areKnown() {
        assertThat(check("{\"facets\":[\"*\",\"attr_*\",\"attr_n_w*\",\"attr_n_watt\"]}").facets())
                .hasSize(4);
    }

    @Test
    void check_deepestPage_isTaken() {
        assertThat(check("{\"offset\":9750,\"limit\":250}").offset()).isEqualTo(9750);
    }

    @Test
    void check_unknownStoredFields_mayBeReturned() {
        assertThat(check("{\"fields\":[\"whatever\"]}").fields()).containsExactly("whatever");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"limit":251}                        | /limit         | INVALID_REQUEST
                    {"limit":-1}                         | /limit         | INVALID_REQUEST
                    {"offset":-1}                        | /offset        | INVALID_REQUEST
                    {"offset":9981}                      | /offset        | INVALID_REQUEST
                    {"offset":2147483647,"limit":250}    | /offset        | INVALID_REQUEST
                    {"timeoutMs":0}                      | /timeoutMs     | INVALID_REQUEST
                    {"timeoutMs":30001}                  | /timeoutMs     | INVALID_REQUEST
                    {"sort":["colour"]}                  | /sort/0        | INVALID_REQUEST
                    {"sort":["price","title"]}           | /sort/1        | INVALID_REQUEST
                    {"sort":[null]}                      | /sort/0        | INVALID_REQUEST
                    {"sort":["-"]}                       | /sort/0        | INVALID_REQUEST
                    {"fields":[""]}                      | /fields/0      | INVALID_REQUEST
                    {"fields":[null]}                    | /fields/0      | INVALID_REQUEST
                    {"facets":["colour"]}                | /facets/0      | INVALID_REQUEST
                    {"facets":["brand","brand"]}         | /facets/1      | INVALID_REQUEST
                    {"facets":["title"]}                 | /facets/0      | INVALID_REQUEST
                    {"facets":[null]}                    | /facets/0      | INVALID_REQUEST
                    {"facets":["nix_*"]}                 | /facets/0      | INVALID_REQUEST
                    {"facets":[{"name":"brand","ranges":[{"to":5}]}]} | /facets/0/ranges | INVALID_REQUEST
                    {"filter":"colour = 1"}              | /filter        | FILTER_INVALID
                    {"filter":"title = 1"}               | /filter        | FILTER_INVALID
                    {"filter":"brand > 1"}               | /filter        | FILTER_INVALID
                    {"filter":"price = cheap"}           | /filter        | FILTER_INVALID
                    {"filter":"price > NaN"}             | /filter        | FILTER_INVALID
                    {"filter":"price > 1e400"}           | /filter        | FILTER_INVALID
                    {"filter":"since > soon"}            | /filter        | FILTER_INVALID
                    {"filter":"since > '2026-01-31+01:00'"} | /filter     | FILTER_INVALID
                    {"filter":"sale = maybe"}            | /filter        | FILTER_INVALID
                    {"filter":"price >"}                 | /filter        | FILTER_INVALID
                    {"filter":7}                         | /filter        | FILTER_INVALID
                    {"filter":{"and":[{"field":"brand","value":"a"},{"not":{"field":"colour","op":"exists"}}]}} | /filter/and/1/not/field | FILTER_INVALID
                    {"filter":{"field":"colour","op":"!=","value":"red"}} | /filter/field | FILTER_INVALID
                    {"filter":{"field":"price","op":"in","values":[1,"x"]}} | /filter/values/1 | FILTER_INVALID
                    {"filter":{"field":"price","op":"range","from":1,"to":"x"}} | /filter/to | FILTER_INVALID
                    {"filter":{"field":"price","op":">","value":"x"}} | /filter/value | FILTER_INVALID
                    """)
    void check_wrong_pointsToIt(String json, String pointer, String code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> check(json))
                .satisfies(problem -> {
                    assertThat(problem.code().code()).isEqualTo(code);
                    assertThat(problem.code().status()).isEqualTo(422);
                    assertThat(problem.errors())
                            .extracting(FieldError::pointer)
                            .containsExactly(pointer);
                });
    }

    @Test
    void check_filterSyntax_tellsThePosition() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> check("{\"filter\":\"price >> 5\"}"))
                .satisfies(problem ->
                        assertThat(problem.errors().getFirst().message()).contains("position 8"));
    }

    @Test
    void check_severalFaults_areAllTold() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(
                        () -> check("{\"limit\":999,\"sort\":[\"nix\"],\"filter\":\"nix = 1\"}"))
                .satisfies(problem -> assertThat(problem.errors()).hasSize(3));
    }

    @Test
    void check_deepFilter_isRefused() {
        String deep =
                "{\"not\":".repeat(200) + "{\"field\":\"brand\",\"value\":1}" + "}".repeat(200);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> check("{\"filter\":" + deep + "}"))
                .satisfies(problem -> assertThat(problem.code().status()).isEqualTo(422));
    }

    @Test
    void check_tooManyFacets_isRefused() {
        String facets =
                IntStream.range(0, 51)
                        .mapToObj(i -> "\"attr_n_" + i + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> check("{\"facets\":" + facets + "}"));
    }

    @Test
    void plan_faultsWithoutEnd_areToldInPart() {
        String blank = String.join(",", Collections.nCopies(100_000, "\"\""));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> plan("{\"fields\":[" + blank + "]}", null))
                .satisfies(problem -> assertThat(problem.errors()).hasSize(20));
    }

    private SearchPlan plan(String json, @Nullable QueryVector vector) {
        return planner.plan(check(json), vector, deadline());
    }

    private CheckedSearch check(String json) {
        SearchRequest request = JsonMapper.shared().readValue(json, SearchRequest.class);
        Query query = new QueryUnderstanding().understand(request.q());
        return planner.check(request, query, SCHEMA);
    }

    private static QueryVector vector() {
        return new QueryVector("mini", new byte[8]);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(2), CLOCK);
    }
}
