package dev.vitrine.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.contracts.problem.FieldError;
import dev.vitrine.contracts.retrieval.SearchMode;
import dev.vitrine.contracts.retrieval.SearchRequest;
import dev.vitrine.servicekit.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SearchRequestReaderTest {

    private final SearchRequestReader reader = new SearchRequestReader();

    @Test
    void read_everything_isTaken() {
        SearchRequest request =
                read(
                        """
                        {"q":"hub","filter":"price < 5","facets":["brand",{"name":"price",
                        "ranges":[{"from":1,"to":2}]}],"sort":["-price"],"limit":3,"offset":4,
                        "fields":["title"],"highlight":true,"mode":"lexical","explain":true,
                        "timeoutMs":500}
                        """);
        assertThat(request.q()).isEqualTo("hub");
        assertThat(request.facets()).hasSize(2);
        assertThat(request.mode()).isEqualTo(SearchMode.LEXICAL);
        assertThat(request.timeoutMs()).isEqualTo(500);
    }

    @Test
    void read_emptyObject_isABrowse() {
        assertThat(read("{}").q()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"qq":"hub"}                                 | /qq
                    {"limit":"ten"}                              | /limit
                    {"limit":"10"}                               | /limit
                    {"limit":1e400}                              | /limit
                    {"limit":99999999999}                        | /limit
                    {"limit":1.5}                                | /limit
                    {"limit":{}}                                 | /limit
                    {"q":["hub"]}                                | /q
                    {"q":5}                                      | /q
                    {"mode":"magic"}                             | /mode
                    {"highlight":"yes"}                          | /highlight
                    {"sort":"price"}                             | /sort
                    {"facets":[{"name":"brand","limit":0}]}      | /facets/0
                    {"facets":[{"limit":1}]}                     | /facets/0/name
                    {"facets":[{"name":"brand","size":5}]}       | /facets/0/size
                    {"facets":[{"name":"p","ranges":[{"to":"x"}]}]} | /facets/0/ranges/0/to
                    """)
    void read_wrong_pointsToIt(String json, String pointer) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(json))
                .satisfies(problem -> {
                    assertThat(problem.code().status()).isEqualTo(422);
                    assertThat(problem.errors())
                            .extracting(FieldError::pointer)
                            .containsExactly(pointer);
                    assertThat(problem.errors().getFirst().message())
                            .doesNotContain("dev.vitrine", "java.", "tools.jackson");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "5", "null", "\"hub\""})
    void read_noObject_isRefused(String json) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> read(json));
    }

    private SearchRequest read(String json) {
        return reader.read(JsonMapper.shared().readTree(json));
    }
}
